package io.hotpod.cli.user;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.cli.session.TextFile;
import io.hotpod.server.access.Role;
import io.hotpod.server.users.PasswordHash;
import io.hotpod.server.users.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description = {
      "Add a user, or change one.",
      "A password is read from a file, a pipe, or HOTPOD_NEW_PASSWORD, never from an argument, which"
          + " everybody on the machine could see.",
      "  hotpod user add --users users.json --role default=member --password-file FILE anna"
    })
final class AddUser implements Runnable {
  private static final int SHORTEST = 8;

  private final Session session;

  @Mixin private final UsersOption users = new UsersOption();

  @Option(
      names = "--role",
      paramLabel = "PROJECT=ROLE[,ROLE]",
      description = {
        "Roles in a project, those and no others; PROJECT= takes them away.",
        "Roles: admin, member, reader, heat_stack_user. May be repeated."
      })
  private final List<String> given = new ArrayList<>();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The password, the first line of a file.")
  private String passwordFile = "";

  @Parameters(paramLabel = "NAME", description = "The user's name.")
  private String name = "";

  AddUser(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    UsersOption.requireName("user", name);
    Map<String, Set<Role>> roles = roles();
    Optional<PasswordHash> password =
        password().map(text -> PasswordHash.of(text, PasswordHash.ITERATIONS));
    users.change(
        session,
        all -> {
          User user = all.named(name).orElseGet(() -> User.named(name));
          if (password.isPresent()) {
            user = user.withPassword(password.get());
          }
          for (Map.Entry<String, Set<Role>> project : roles.entrySet()) {
            user = user.withRoles(project.getKey(), project.getValue());
          }
          return all.with(user);
        });
  }

  private Map<String, Set<Role>> roles() {
    Map<String, Set<Role>> roles = new LinkedHashMap<>();
    for (String text : given) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw CommandFailure.usage("--role takes PROJECT=ROLE, such as default=member.");
      }
      String project = text.substring(0, equals);
      UsersOption.requireName("project", project);
      roles.put(project, RoleNames.read(text.substring(equals + 1)));
    }
    return roles;
  }

  private Optional<String> password() {
    String text = session.variable("HOTPOD_NEW_PASSWORD");
    if (!passwordFile.isEmpty()) {
      try {
        text = TextFile.read(session.path(passwordFile)).lines().findFirst().orElse("");
      } catch (IOException failure) {
        throw CommandFailure.usage(
            "the password file " + passwordFile + " " + failure.getMessage() + ".");
      }
    } else if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.length() < SHORTEST) {
      throw CommandFailure.usage("a password has at least " + SHORTEST + " characters.");
    }
    return Optional.of(text);
  }
}
