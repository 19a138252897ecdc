package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = "Print what a stack is, for another to adopt; hidden parameters are left out.")
final class ExportStack implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  ExportStack(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      session.printJson(api.get(StackReference.find(api, name).path() + "/export"));
    }
  }
}
