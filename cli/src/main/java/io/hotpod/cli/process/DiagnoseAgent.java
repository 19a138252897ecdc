package io.hotpod.cli.process;

import io.hotpod.agent.AgentSettings;
import io.hotpod.agent.doctor.Doctor;
import io.hotpod.agent.doctor.Finding;
import io.hotpod.agent.source.heat.InstanceFiles;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether an agent can work here. */
@Command(
    name = "doctor",
    description = {
      "Look at this machine as an agent with the same options would find it, and say what to do.",
      "It changes nothing. It ends with 0 when an agent can work here."
    })
final class DiagnoseAgent implements Runnable {
  private final Session session;

  @Mixin private final StateOptions state = new StateOptions();

  @Option(
      names = "--source",
      paramLabel = "hotpod|heat",
      description = "Where pods come from (default: ${DEFAULT-VALUE}).")
  private RunAgent.From source = RunAgent.From.hotpod;

  @Mixin private final HeatOptions heat = new HeatOptions();

  @Mixin private final RuntimeOptions runtime = new RuntimeOptions();

  DiagnoseAgent(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ProcessLog.start(state.verbose);
    session.authorities().ifPresent(SSLContext::setDefault);
    boolean stock = source == RunAgent.From.heat;
    AgentSettings settings =
        runtime.apply(
            session,
            stock
                ? AgentSettings.withoutServer(
                    "doctor", state.directory(session, HeatOptions.DIRECTORY))
                : AgentSettings.of(session.server(), "doctor", state.directory(session, "agent")),
            runtime.podmanSocket(session),
            runtime.kubelet(session));
    Optional<InstanceFiles> files = stock ? Optional.of(heat.files(session)) : Optional.empty();
    List<Finding> findings;
    try {
      findings = new Doctor(settings, files, Clock.systemUTC()).examine();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.of("interrupted while looking.");
    }
    for (Finding finding : findings) {
      session.print(
          String.format(
              Locale.ROOT,
              "%-5s %-17s %s",
              word(finding.verdict()),
              finding.subject(),
              finding.words()));
      if (!finding.advice().isEmpty()) {
        session.print(" ".repeat(24) + "-> " + finding.advice());
      }
    }
    long bad = findings.stream().filter(each -> each.verdict() == Finding.Verdict.BAD).count();
    if (bad > 0) {
      throw CommandFailure.of(
          "an agent cannot work here yet: "
              + bad
              + " of "
              + findings.size()
              + " findings are bad.");
    }
  }

  private static String word(Finding.Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "ok";
      case DOUBTFUL -> "warn";
      case BAD -> "bad";
    };
  }
}
