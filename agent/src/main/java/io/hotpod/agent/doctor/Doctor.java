package io.hotpod.agent.doctor;

import io.hotpod.agent.AgentSettings;
import io.hotpod.agent.source.heat.InstanceFiles;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Examines what an agent with some settings needs of its machine. Changes nothing, and may run
 * beside the agent.
 */
public final class Doctor {
  private final AgentSettings settings;
  private final Optional<InstanceFiles> heat;
  private final Clock clock;

  public Doctor(AgentSettings settings, Clock clock) {
    this(settings, Optional.empty(), clock);
  }

  /**
   * @param heat where a stock Heat is looked for; empty for an agent that has a server
   */
  public Doctor(AgentSettings settings, Optional<InstanceFiles> heat, Clock clock) {
    this.settings = settings;
    this.heat = heat;
    this.clock = clock;
  }

  /**
   * Everything that was looked at, the good with the bad.
   *
   * @throws InterruptedException when the caller no longer wants to know
   */
  public List<Finding> examine() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    if (settings.kubelet().isPresent()) {
      findings.addAll(new KubeletExamination(settings.kubelet().get()).examine());
    } else {
      findings.addAll(new PodmanExamination(settings.podmanSocket()).examine());
    }
    findings.addAll(ControllersExamination.ofThisMachine().examine());
    findings.addAll(LimitsExamination.ofThisMachine().examine());
    findings.addAll(new DirectoryExamination(settings.stateDirectory()).examine());
    if (!settings.server().equals(AgentSettings.NO_SERVER)) {
      findings.addAll(
          new ServerExamination(settings.server(), settings.stateDirectory(), clock).examine());
    }
    if (heat.isPresent()) {
      findings.addAll(new HeatExamination(heat.get(), clock).examine());
    }
    return findings;
  }
}
