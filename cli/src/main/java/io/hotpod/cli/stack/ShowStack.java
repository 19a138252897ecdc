package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.output.Details;
import io.hotpod.cli.session.Session;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "show", description = "Show a stack with its parameters and outputs.")
final class ShowStack implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  ShowStack(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      JsonNode stack = api.get("/stacks/" + Paths.encode(name)).path("stack");
      if (session.json()) {
        session.printJson(stack);
      } else {
        lines(stack).forEach(session::print);
      }
    }
  }

  static List<String> lines(JsonNode stack) {
    Details details = new Details();
    details.add("Name", stack.path("stack_name"));
    details.add("Id", stack.path("id"));
    details.add("Status", stack.path("stack_status"));
    details.add("Reason", stack.path("stack_status_reason"));
    details.add("Description", stack.path("description"));
    details.add("Created", stack.path("creation_time"));
    details.add("Updated", stack.path("updated_time"));
    for (Map.Entry<String, JsonNode> parameter : stack.path("parameters").properties()) {
      details.add("Parameter " + parameter.getKey(), parameter.getValue());
    }
    for (JsonNode output : stack.path("outputs")) {
      details.add("Output " + output.path("output_key").asString(""), OutputValue.of(output));
    }
    return details.lines();
  }
}
