package io.hotpod.agent.doctor;

import io.hotpod.agent.AgentSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Examines what an agent with some settings needs of its machine. Changes nothing, and may run
 * beside the agent.
 */
public final class Doctor {
  private final AgentSettings settings;
  private final Clock clock;

  public Doctor(AgentSettings settings, Clock clock) {
    this.settings = settings;
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
    findings.addAll(LimitsExamination.ofThisMachine().examine());
    findings.addAll(new DirectoryExamination(settings.stateDirectory()).examine());
    if (!settings.server().equals(AgentSettings.NO_SERVER)) {
      findings.addAll(
          new ServerExamination(settings.server(), settings.stateDirectory(), clock).examine());
    }
    return findings;
  }
}
