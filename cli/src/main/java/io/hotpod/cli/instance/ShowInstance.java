package io.hotpod.cli.instance;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.output.Details;
import io.hotpod.cli.session.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "show", description = "Show an instance.")
final class ShowInstance implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "NAME", description = "The instance's name or id.")
  private String name = "";

  ShowInstance(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      JsonNode instance = api.get("/instances/" + Paths.encode(name)).path("instance");
      if (session.json()) {
        session.printJson(instance);
      } else {
        lines(instance).forEach(session::print);
      }
    }
  }

  static List<String> lines(JsonNode instance) {
    JsonNode facts = instance.path("facts");
    Details details = new Details();
    details.add("Name", instance.path("name"));
    details.add("Id", instance.path("id"));
    details.add("State", InstanceWords.state(instance));
    details.add("Labels", InstanceWords.labels(instance));
    details.add("Enrolled", instance.path("enrolled_at"));
    details.add("Last seen", instance.path("last_seen_at"));
    JsonNode credential = instance.path("credential");
    details.add("Credential since", credential.path("issued_at"));
    details.add("Credential until", credential.path("expires_at"));
    if (credential.path("renewing").asBoolean(false)) {
      details.add("Credential", "its agent is asked to renew it");
    }
    details.add("Desired version", instance.path("desired_version"));
    details.add("Applied version", instance.path("applied_version"));
    details.add("Host name", facts.path("hostname"));
    details.add("Agent version", facts.path("agentVersion"));
    details.add("Runtime", facts.path("runtime"));
    details.add("Runtime version", facts.path("runtimeVersion"));
    details.add("Runtime problem", facts.path("runtimeProblem"));
    return details.lines();
  }
}
