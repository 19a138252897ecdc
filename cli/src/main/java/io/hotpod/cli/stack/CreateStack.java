package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.ApiException;
import io.hotpod.cli.client.UnreachableException;
import io.hotpod.cli.session.Session;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "create", description = "Create a stack from a template, and wait until it is up.")
final class CreateStack implements Runnable {
  private final Session session;

  @Mixin private final StackOptions options = new StackOptions();
  @Mixin private final OperationOptions operating = new OperationOptions();
  @Mixin private final WaitOptions waiting = new WaitOptions();

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description =
          "The same key and template again is the same stack, however often it is asked for.")
  private String key = "";

  @Parameters(paramLabel = "NAME", description = "The new stack's name.")
  private String name = "";

  CreateStack(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    StackSources sources = StackSources.read(session, options.template, options.environments);
    ObjectNode body = operating.addTo(options.body(sources));
    body.put("stack_name", name);
    try (ApiClient api = session.api()) {
      JsonNode created;
      try {
        created = create(api, body);
      } catch (ApiException refusal) {
        throw options.refused(refusal, sources);
      }
      String id = created.path("stack").path("id").asString("");
      StackOperation operation = new StackOperation(session, api, new StackReference(name, id));
      operation.finish("CREATE", "", waiting);
    }
  }

  /** Asks a second time when the answer is lost; the key makes it the same stack. */
  private JsonNode create(ApiClient api, ObjectNode body) {
    Map<String, String> headers = Map.of("Idempotency-Key", key.isEmpty() ? session.newId() : key);
    try {
      return api.post("/stacks", body, headers);
    } catch (UnreachableException lost) {
      if (!lost.mayHaveArrived()) {
        throw lost;
      }
      return api.post("/stacks", body, headers);
    }
  }
}
