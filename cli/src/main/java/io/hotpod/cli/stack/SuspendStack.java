package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "suspend", description = "Stop a stack's pods and keep everything else.")
final class SuspendStack implements Runnable {
  private final Session session;

  @Mixin private final WaitOptions waiting = new WaitOptions();

  @Parameters(paramLabel = "NAME", description = "The stack's name or id.")
  private String name = "";

  SuspendStack(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (ApiClient api = session.api()) {
      StackOperation.on(session, api, name).act("suspend", waiting);
    }
  }
}
