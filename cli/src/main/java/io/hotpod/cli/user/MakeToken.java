package io.hotpod.cli.user;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.server.users.PrivateFile;
import io.hotpod.server.users.Secrets;
import io.hotpod.server.users.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "token",
    description = {
      "Make a token for a user, which is as good as the password and does not expire.",
      "Only its digest stays in the file: it is shown once. Without --output it goes to the standard"
          + " output."
    })
final class MakeToken implements Runnable {
  private final Session session;

  @Mixin private final UsersOption users = new UsersOption();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "What the token is called, so that it can be revoked"
              + " (default: ${DEFAULT-VALUE}); one of that name is replaced.")
  private String tokenName = "token";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the token into this file, readable by you only.")
  private String output = "";

  @Parameters(paramLabel = "USER", description = "The user's name.")
  private String name = "";

  MakeToken(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    UsersOption.requireName("token", tokenName);
    String token = Secrets.newToken();
    users.change(
        session,
        all -> {
          User user = all.named(name).orElseThrow(() -> UsersOption.noSuch(name));
          return all.with(user.withToken(tokenName, Secrets.digest(token)));
        });
    if (output.isEmpty()) {
      session.print(token);
    } else {
      write(session.path(output), token);
      session.print("The token is in " + output + ".");
    }
  }

  private void write(Path file, String token) {
    try {
      PrivateFile.write(file, (token + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw CommandFailure.of(
          "the token cannot be written into " + output + ": " + failure.getMessage() + ".",
          "Make it again.");
    }
  }
}
