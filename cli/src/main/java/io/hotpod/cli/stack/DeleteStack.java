package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete stacks with everything in them.")
final class DeleteStack implements Runnable {
  private final Session session;

  @Mixin private final WaitOptions waiting = new WaitOptions();

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The stacks' names or ids.")
  private List<String> names = new ArrayList<>();

  DeleteStack(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      for (String name : names) {
        StackOperation operation = StackOperation.on(session, api, name);
        String marker = operation.marker();
        api.delete(operation.stack().path());
        operation.finish("DELETE", marker, waiting);
      }
    }
  }
}
