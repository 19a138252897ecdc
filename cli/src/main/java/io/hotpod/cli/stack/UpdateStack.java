package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.ApiException;
import io.hotpod.cli.session.Session;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "update",
    description = {
      "Bring a stack in line with a template, and wait until it is.",
      "Parameters that are not named return to their defaults. 'hotpod stack plan' shows what"
          + " would happen."
    })
final class UpdateStack implements Runnable {
  private final Session session;

  @Mixin private final StackOptions options = new StackOptions();
  @Mixin private final OperationOptions operating = new OperationOptions();
  @Mixin private final WaitOptions waiting = new WaitOptions();

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "The same key and template again is the same update.")
  private String key = "";

  @Parameters(paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  UpdateStack(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    StackSources sources = StackSources.read(session, options.template, options.environments);
    try (ApiClient api = session.api()) {
      StackOperation operation = StackOperation.on(session, api, name);
      String marker = operation.marker();
      Map<String, String> headers = key.isEmpty() ? Map.of() : Map.of("Idempotency-Key", key);
      try {
        api.put(operation.stack().path(), operating.addTo(options.body(sources)), headers);
      } catch (ApiException refusal) {
        throw options.refused(refusal, sources);
      }
      operation.finish("UPDATE", marker, waiting);
    }
  }
}
