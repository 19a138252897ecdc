package io.hotpod.agent.source.heat;

import io.hotpod.agent.source.SourceException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One look at the Heat that a machine is told of, as an agent would have it. */
public final class HeatCheck {
  private HeatCheck() {}

  /**
   * Fetches the deployments once and answers nothing.
   *
   * @return how Heat is asked, and what it has; without secrets
   * @throws SourceException when the machine is told of no Heat, or that one does not answer
   */
  public static String of(InstanceFiles files, Clock clock) throws InterruptedException {
    CollectorSettings settings = new CollectorFinder(files).find().settings();
    try (HeatHttp http = new HeatHttp()) {
      Optional<JsonNode> metadata = new CollectorFactory(http, clock).of(settings).collect();
      List<HeatDeployment> deployments =
          metadata.map(document -> Deployments.of(document.path("deployments"))).orElse(List.of());
      return "%s answers, with %d deployments of pods".formatted(way(settings), deployments.size());
    }
  }

  private static String way(CollectorSettings settings) {
    return switch (settings) {
      case CollectorSettings.Heat _ -> "Heat (POLL_SERVER_HEAT)";
      case CollectorSettings.Cfn _ -> "Heat (POLL_SERVER_CFN)";
      case CollectorSettings.Request _ -> "the URL of POLL_TEMP_URL";
      case CollectorSettings.Local local -> local.file();
    };
  }
}
