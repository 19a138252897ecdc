package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.ApiException;
import io.hotpod.cli.session.Session;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "plan",
    description = {
      "Show what a create or an update would do, and why. Changes nothing.",
      "For a name that exists it is the plan of an update, else of a create."
    })
final class PlanStack implements Runnable {
  private final Session session;

  @Mixin private final StackOptions options = new StackOptions();

  @Parameters(paramLabel = "NAME", description = "The stack's name.")
  private String name = "";

  PlanStack(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    StackSources sources = StackSources.read(session, options.template, options.environments);
    ObjectNode body = options.body(sources);
    try (ApiClient api = session.api()) {
      JsonNode answer;
      try {
        answer = ask(api, body);
      } catch (ApiException refusal) {
        throw options.refused(refusal, sources);
      }
      if (session.json()) {
        session.printJson(answer);
        return;
      }
      PlanText.lines(name, answer.path("plan")).forEach(session::print);
    }
  }

  private JsonNode ask(ApiClient api, ObjectNode body) {
    Optional<StackReference> stack = existing(api);
    if (stack.isPresent()) {
      return api.put(stack.orElseThrow().path() + "/preview", body, Map.of());
    }
    body.put("stack_name", name);
    return api.post("/stacks/preview", body, Map.of());
  }

  private Optional<StackReference> existing(ApiClient api) {
    try {
      return Optional.of(StackReference.find(api, name));
    } catch (ApiException refusal) {
      if (refusal.isNotFound()) {
        return Optional.empty();
      }
      throw refusal;
    }
  }
}
