package io.hotpod.cli.stack;

import java.time.Duration;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** How a create or an update is carried out. picocli fills the fields. */
final class OperationOptions {
  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "How long it may take, such as 5m or 1h, in whole minutes (default: 60m).")
  Duration timeout = Duration.ZERO;

  @Option(names = "--rollback", description = "Return to what was before if it fails.")
  boolean rollback;

  /** Adds to the body of the request. */
  ObjectNode addTo(ObjectNode body) {
    if (!timeout.isZero()) {
      body.put("timeout_mins", timeout.toMinutes());
    }
    return body.put("disable_rollback", !rollback);
  }
}
