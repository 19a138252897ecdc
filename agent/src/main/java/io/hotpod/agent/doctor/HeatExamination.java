package io.hotpod.agent.doctor;

import io.hotpod.agent.source.SourceException;
import io.hotpod.agent.source.heat.HeatCheck;
import io.hotpod.agent.source.heat.InstanceFiles;
import java.time.Clock;
import java.util.List;

/** Whether this machine knows its Heat, and that one tells its deployments. */
final class HeatExamination {
  private static final String SUBJECT = "heat";

  private final InstanceFiles files;
  private final Clock clock;

  HeatExamination(InstanceFiles files, Clock clock) {
    this.files = files;
    this.clock = clock;
  }

  List<Finding> examine() throws InterruptedException {
    try {
      return List.of(Finding.good(SUBJECT, HeatCheck.of(files, clock)));
    } catch (SourceException e) {
      return List.of(
          Finding.bad(
              SUBJECT,
              String.valueOf(e.getMessage()),
              "see what cloud-init and os-collect-config were told, and let this machine through to"
                  + " Heat; pods go on meanwhile"));
    }
  }
}
