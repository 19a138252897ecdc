package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Stop a running update and return to what was before it.")
final class CancelStack implements Runnable {
  private final Session session;

  @Mixin private final WaitOptions waiting = new WaitOptions();

  @Option(
      names = "--no-rollback",
      description =
          "Stop a running create or update where it is: nothing new is begun, what is begun goes on"
              + " to its end.")
  private boolean noRollback;

  @Parameters(paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  CancelStack(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      StackOperation operation = StackOperation.on(session, api, name);
      if (noRollback) {
        stop(operation);
      } else {
        String marker = operation.marker();
        operation.request("cancel_update");
        operation.finish("ROLLBACK", marker, waiting);
      }
    }
  }

  private void stop(StackOperation operation) {
    operation.request("cancel_without_rollback");
    if (session.json()) {
      session.printJson(StackReference.show(operation.api(), operation.stack().id()));
    } else {
      session.print(operation.stack().name() + ": cancelled; nothing new is begun");
    }
  }
}
