package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "abandon",
    description =
        "Forget a stack and leave everything that it made where it is; prints what it was, for"
            + " another to adopt.")
final class AbandonStack implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  AbandonStack(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      session.printJson(api.deleteAnswered(StackReference.find(api, name).path() + "/abandon"));
    }
  }
}
