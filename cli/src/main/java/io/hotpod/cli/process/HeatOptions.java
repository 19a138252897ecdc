package io.hotpod.cli.process;

import io.hotpod.agent.AgentSettings;
import io.hotpod.agent.StandaloneAgent;
import io.hotpod.agent.source.heat.HeatSettings;
import io.hotpod.agent.source.heat.HeatSource;
import io.hotpod.agent.source.heat.InstanceFiles;
import io.hotpod.cli.session.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Option;

/** What an agent under a stock Heat takes. picocli fills the fields. */
final class HeatOptions {
  /** Shared by the hook and the agent, so that a machine can go from one to the other. */
  static final String DIRECTORY = "heat";

  static final String USUAL_NAME = "heat";

  @Option(
      names = "--os-collect-config",
      paramLabel = "FILE",
      description = "With --source heat: where Heat is (default: /etc/os-collect-config.conf).")
  String osCollectConfig = "";

  @Option(
      names = "--heat-config",
      paramLabel = "FILE",
      description = {
        "With --source heat: the list of deployments that os-collect-config writes,",
        "instead of asking Heat."
      })
  String heatConfig = "";

  @Option(
      names = "--poll-interval",
      paramLabel = "SECONDS",
      description = {
        "With --source heat: the longest time between two questions",
        "(default: polling_interval of os-collect-config, or 10)."
      })
  int pollInterval;

  /**
   * Sets one of these without picocli.
   *
   * @return false when the option is none of these, or cannot have the value
   */
  boolean set(String option, String value) {
    switch (option) {
      case "--os-collect-config" -> osCollectConfig = value;
      case "--heat-config" -> heatConfig = value;
      case "--poll-interval" -> {
        if (!value.matches("[0-9]{1,9}")) {
          return false;
        }
        pollInterval = Integer.parseInt(value);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Where the machine is told of its Heat. */
  InstanceFiles files(Session session) {
    InstanceFiles files = InstanceFiles.below(Path.of("/"));
    if (!osCollectConfig.isEmpty()) {
      files = files.withOsCollectConfig(session.path(osCollectConfig).toAbsolutePath());
    }
    if (!heatConfig.isEmpty()) {
      files = files.withHeatConfigOnly(session.path(heatConfig).toAbsolutePath());
    }
    return files;
  }

  /** An agent that has not been started yet. */
  StandaloneAgent agent(Session session, AgentSettings settings) {
    HeatSettings heat =
        new HeatSettings(
            files(session),
            settings.stateDirectory(),
            pollInterval > 0 ? Optional.of(Duration.ofSeconds(pollInterval)) : Optional.empty());
    RandomGenerator random = RandomGenerator.getDefault();
    Clock clock = session.clock();
    return new StandaloneAgent(
        settings, known -> new HeatSource(heat, known, clock, random), clock, random);
  }
}
