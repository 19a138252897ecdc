package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.ApiException;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.output.Details;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "outputs",
    description = "Show a stack's outputs, or the bare value of one, for scripts.")
final class ShowOutputs implements Runnable {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUTPUT",
      description = "Print this output's value only.")
  private String output = "";

  ShowOutputs(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      if (output.isEmpty()) {
        all(api);
      } else {
        one(api);
      }
    }
  }

  private void all(ApiClient api) {
    JsonNode outputs = api.get("/stacks/" + Paths.encode(name)).path("stack").path("outputs");
    if (session.json()) {
      session.printJson(outputs);
    } else {
      lines(outputs).forEach(session::print);
    }
  }

  private void one(ApiClient api) {
    StackReference stack = StackReference.find(api, name);
    JsonNode answer;
    try {
      answer = api.get(stack.path() + "/outputs/" + Paths.encode(output)).path("output");
    } catch (ApiException refusal) {
      if (refusal.isNotFound()) {
        throw CommandFailure.of(
            stack.name() + " has no output " + output + ".",
            "'hotpod stack outputs " + stack.name() + "' lists them.");
      }
      throw refusal;
    }
    if (!answer.path("output_error").asString("").isEmpty()) {
      throw CommandFailure.of(
          "the output " + output + " has no value: " + answer.path("output_error").asString(""));
    }
    if (session.json()) {
      session.printJson(answer.path("output_value"));
    } else {
      session.print(OutputValue.of(answer));
    }
  }

  static List<String> lines(JsonNode outputs) {
    if (outputs.isEmpty()) {
      return List.of("No outputs.");
    }
    Details details = new Details();
    for (JsonNode output : outputs) {
      details.add(output.path("output_key").asString(""), OutputValue.of(output));
    }
    return details.lines();
  }
}
