package io.hotpod.cli.user;

import io.hotpod.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "remove", description = "Remove a user; the user's tokens end with it.")
final class RemoveUser implements Runnable {
  private final Session session;

  @Mixin private final UsersOption users = new UsersOption();

  @Parameters(paramLabel = "NAME", description = "The user's name.")
  private String name = "";

  RemoveUser(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    users.change(
        session,
        all -> {
          if (all.named(name).isEmpty()) {
            throw UsersOption.noSuch(name);
          }
          return all.without(name);
        });
  }
}
