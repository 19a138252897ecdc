package io.hotpod.cli.user;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.server.users.Users;
import io.hotpod.server.users.UsersFile;
import java.io.IOException;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** Which file of users. picocli fills the field. */
final class UsersOption {
  @Option(
      names = "--users",
      paramLabel = "FILE",
      required = true,
      description = "The file of users; made when there is none.")
  private String file = "";

  Users read(Session session) {
    try {
      return new UsersFile(session.path(file)).read();
    } catch (IOException failure) {
      throw CommandFailure.of(failure.getMessage() + ".");
    }
  }

  void change(Session session, UnaryOperator<Users> change) {
    try {
      new UsersFile(session.path(file)).change(change);
    } catch (IOException failure) {
      throw CommandFailure.of(failure.getMessage() + ".", "The users stay as they were.");
    }
  }

  static CommandFailure noSuch(String name) {
    return CommandFailure.of("there is no user " + name + ".");
  }

  static void requireName(String what, String name) {
    if (!UsersFile.NAME.matcher(name).matches()) {
      throw CommandFailure.usage(
          "\"%s\" is no name of a %s: it takes 1 to 64 letters, digits, or characters of _.@-."
              .formatted(name, what));
    }
  }
}
