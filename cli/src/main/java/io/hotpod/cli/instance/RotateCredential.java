package io.hotpod.cli.instance;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.session.Session;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
    name = "rotate",
    description = {
      "Have an instance exchange its credential for a new one now.",
      "Agents do so by themselves after two weeks. The old one is void once the new one was used;"
          + " to shut out a machine at once, remove the instance."
    })
final class RotateCredential implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "NAME", description = "The instance's name or id.")
  private String name = "";

  RotateCredential(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      api.post(
          "/instances/" + Paths.encode(name) + "/rotate",
          JsonNodeFactory.instance.objectNode(),
          Map.of());
      if (session.json()) {
        session.printJson(api.get("/instances/" + Paths.encode(name)).path("instance"));
      } else {
        session.print(
            "The agent of "
                + name
                + " is asked to; 'hotpod instance show "
                + name
                + "' says when it has.");
      }
    }
  }
}
