package io.hotpod.cli.instance;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    description = {
      "Forget an instance: its agent is refused from now on, and its name is free again.",
      "Its machine is not touched: pods that run there go on running."
    })
final class RemoveInstance implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "NAME", description = "The instance's name or id.")
  private String name = "";

  @Option(
      names = "--force",
      description =
          "Also when stacks have pods there, as when its machine is lost: they count as gone.")
  private boolean force;

  RemoveInstance(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      api.delete("/instances/" + Paths.encode(name) + (force ? "?force=true" : ""));
    }
    session.print("Instance " + name + " is removed.");
  }
}
