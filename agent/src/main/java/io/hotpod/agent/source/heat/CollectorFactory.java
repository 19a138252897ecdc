package io.hotpod.agent.source.heat;

import java.nio.file.Path;
import java.time.Clock;

/** Makes the collector that settings describe. */
record CollectorFactory(HeatHttp http, Clock clock) {
  Collector of(CollectorSettings settings) {
    return switch (settings) {
      case CollectorSettings.Heat heat -> new HeatCollector(http, heat);
      case CollectorSettings.Cfn cfn -> new CfnCollector(http, cfn, clock);
      case CollectorSettings.Request request -> new RequestCollector(http, request);
      case CollectorSettings.Local local -> new LocalCollector(Path.of(local.file()));
    };
  }
}
