package io.hotpod.cli.process;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.server.ServerSettings;
import io.hotpod.server.http.RequestLimits;
import picocli.CommandLine.Option;

/** How often one user may do what is expensive. picocli fills the fields. */
final class RateOptions {
  private static final RequestLimits USUAL = RequestLimits.DEFAULT;

  @Option(
      names = "--changes-per-second",
      paramLabel = "N",
      description = "Changes of one user in the long run (default: ${DEFAULT-VALUE}).")
  private double changesPerSecond = USUAL.changes().perSecond();

  @Option(
      names = "--changes-at-once",
      paramLabel = "N",
      description = "Changes of one user before that counts (default: ${DEFAULT-VALUE}).")
  private int changesAtOnce = USUAL.changes().atOnce();

  @Option(
      names = "--details-per-second",
      paramLabel = "N",
      description =
          "Lists of stacks or resources with all details, by one user in the long run"
              + " (default: ${DEFAULT-VALUE}).")
  private double detailsPerSecond = USUAL.details().perSecond();

  @Option(
      names = "--details-at-once",
      paramLabel = "N",
      description = "Such lists by one user before that counts (default: ${DEFAULT-VALUE}).")
  private int detailsAtOnce = USUAL.details().atOnce();

  /** Adds what was chosen to the settings. */
  ServerSettings apply(ServerSettings settings) {
    RequestLimits requests =
        settings
            .limits()
            .requests()
            .withRates(
                rate("changes", changesPerSecond, changesAtOnce),
                rate("details", detailsPerSecond, detailsAtOnce));
    return settings.withLimits(settings.limits().withRequests(requests));
  }

  private static RequestLimits.Rate rate(String what, double perSecond, int atOnce) {
    if (!(perSecond > 0) || atOnce < 1) {
      throw CommandFailure.usage(
          "--%1$s-per-second takes a number above 0, and --%1$s-at-once one from 1 on."
              .formatted(what));
    }
    return new RequestLimits.Rate(perSecond, atOnce);
  }
}
