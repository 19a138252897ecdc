package io.hotpod.cli.user;

import io.hotpod.cli.output.Table;
import io.hotpod.cli.session.Session;
import io.hotpod.server.access.Role;
import io.hotpod.server.users.User;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Users, their roles and the names of their tokens.")
final class ListUsers implements Runnable {
  private final Session session;

  @Mixin private final UsersOption users = new UsersOption();

  ListUsers(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    Table table = new Table("NAME", "PASSWORD", "PROJECTS", "TOKENS");
    for (User user : users.read(session).all()) {
      table.row(
          user.name(),
          user.password().isPresent() ? "yes" : "no",
          projects(user),
          String.join(" ", user.tokens().keySet()));
    }
    table.lines().forEach(session::print);
  }

  private static String projects(User user) {
    return user.projects().entrySet().stream()
        .map(ListUsers::project)
        .collect(Collectors.joining(" "));
  }

  private static String project(Map.Entry<String, Set<Role>> project) {
    return project.getKey()
        + "="
        + project.getValue().stream().sorted().map(Role::text).collect(Collectors.joining(","));
  }
}
