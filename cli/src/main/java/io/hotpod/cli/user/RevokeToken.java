package io.hotpod.cli.user;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.server.users.User;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", description = "Make a token of a user useless.")
final class RevokeToken implements Runnable {
  private final Session session;

  @Mixin private final UsersOption users = new UsersOption();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the token is called (default: ${DEFAULT-VALUE}).")
  private String tokenName = "token";

  @Parameters(paramLabel = "USER", description = "The user's name.")
  private String name = "";

  RevokeToken(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    users.change(
        session,
        all -> {
          User user = all.named(name).orElseThrow(() -> UsersOption.noSuch(name));
          if (!user.tokens().containsKey(tokenName)) {
            throw CommandFailure.of(name + " has no token called " + tokenName + ".");
          }
          return all.with(user.withoutToken(tokenName));
        });
  }
}
