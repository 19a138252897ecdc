package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Print a snapshot of a stack as JSON.")
final class ShowSnapshot implements Runnable {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "The snapshot's id.")
  private String snapshot = "";

  ShowSnapshot(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      String path = StackReference.find(api, name).path() + "/snapshots/" + Paths.encode(snapshot);
      session.printJson(api.get(path).path("snapshot"));
    }
  }
}
