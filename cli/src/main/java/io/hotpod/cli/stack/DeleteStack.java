package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.ApiException;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
      for (StackReference stack : known(api)) {
        StackOperation operation = new StackOperation(session, api, stack);
        String marker = operation.marker();
        api.delete(stack.path());
        operation.finish("DELETE", marker, waiting);
      }
    }
  }

  /** All that were named, once each; a name that nothing has may be a slip in any of them. */
  private Set<StackReference> known(ApiClient api) {
    Set<StackReference> known = new LinkedHashSet<>();
    List<String> unknown = new ArrayList<>();
    for (String name : names) {
      try {
        known.add(StackReference.find(api, name));
      } catch (ApiException refusal) {
        if (!refusal.isNotFound()) {
          throw refusal;
        }
        unknown.add(refusal.getMessage());
      }
    }
    if (!unknown.isEmpty()) {
      String message = String.join(" ", unknown);
      throw known.isEmpty()
          ? CommandFailure.of(message)
          : CommandFailure.of(message, "No stack was deleted.");
    }
    return known;
  }
}
