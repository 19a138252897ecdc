package io.hotpod.server.users;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.Problem;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import io.hotpod.server.access.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the text of a file of users; every problem has its line. */
final class UsersText {
  /** What a user, a project or a token may be called: it stands in URLs and log lines. */
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");

  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final List<String> KEYS = List.of("password", "tokens", "projects");

  private final List<Problem> problems = new ArrayList<>();

  private UsersText() {}

  /**
   * Reads a text.
   *
   * @param file that problems name
   * @throws DocumentException with everything that is wrong with it
   */
  static Users read(String file, byte[] bytes) {
    UsersText reader = new UsersText();
    List<User> users = new ArrayList<>();
    Node root = READER.read(file, bytes);
    reader.each(
        root,
        "",
        (section, value) -> {
          if (section.key().equals("users")) {
            reader.each(value, "users", (entry, user) -> users.add(reader.user(entry, user)));
          } else {
            reader.unknown(section, "", List.of("users"));
          }
        });
    if (!reader.problems.isEmpty()) {
      throw new DocumentException(reader.problems);
    }
    return new Users(users);
  }

  /** The text of users, one JSON document over many lines. */
  static ObjectNode write(Collection<User> users) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode all = root.putObject("users");
    for (User user : users) {
      ObjectNode one = all.putObject(user.name());
      user.password().ifPresent(hash -> one.put("password", hash.text()));
      if (!user.tokens().isEmpty()) {
        ObjectNode tokens = one.putObject("tokens");
        user.tokens().forEach(tokens::put);
      }
      ObjectNode projects = one.putObject("projects");
      user.projects()
          .forEach(
              (project, roles) -> {
                ArrayNode list = projects.putArray(project);
                roles.stream().sorted().map(Role::text).forEach(list::add);
              });
    }
    return root;
  }

  private User user(MappingNode.Entry entry, Node value) {
    requireName(entry, "users");
    String path = "users." + entry.key();
    Map<String, Set<Role>> projects = new LinkedHashMap<>();
    Map<String, String> tokens = new LinkedHashMap<>();
    List<PasswordHash> password = new ArrayList<>();
    each(
        value,
        path,
        (part, node) -> {
          switch (part.key()) {
            case "password" -> password(node, path).ifPresent(password::add);
            case "tokens" ->
                each(node, path + ".tokens", (token, digest) -> token(token, digest, path, tokens));
            case "projects" ->
                each(
                    node,
                    path + ".projects",
                    (project, roles) -> {
                      requireName(project, path + ".projects");
                      projects.put(
                          project.key(), roles(roles, path + ".projects." + project.key()));
                    });
            default -> unknown(part, path, KEYS);
          }
        });
    return new User(entry.key(), password.stream().findFirst(), tokens, projects);
  }

  private Optional<PasswordHash> password(Node node, String path) {
    Optional<PasswordHash> hash = text(node).flatMap(PasswordHash::parse);
    if (hash.isEmpty()) {
      problems.add(
          Problem.at(
              node,
              path + ".password",
              "is not a hash of a password",
              "'hotpod user add' writes one"));
    }
    return hash;
  }

  private void token(MappingNode.Entry entry, Node value, String path, Map<String, String> tokens) {
    requireName(entry, path + ".tokens");
    Optional<String> digest = text(value).filter(text -> DIGEST.matcher(text).matches());
    if (digest.isEmpty()) {
      problems.add(
          Problem.at(
              value,
              path + ".tokens." + entry.key(),
              "is not the SHA-256 of a token in hexadecimal",
              "'hotpod user token' makes one"));
    }
    digest.ifPresent(text -> tokens.put(entry.key(), text));
  }

  private Set<Role> roles(Node node, String path) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    if (!(node instanceof SequenceNode list)) {
      problems.add(Problem.at(node, path, "takes a list of roles, not " + node.kind()));
      return roles;
    }
    for (Node item : list.items()) {
      String name = text(item).orElse("");
      Role.of(name)
          .ifPresentOrElse(
              roles::add,
              () ->
                  problems.add(
                      new Problem(
                          item.location(),
                          path,
                          "there is no role \"%s\"; roles are %s"
                              .formatted(name, String.join(", ", Role.names())),
                          Suggestions.advice(name, Role.names()))));
    }
    return roles;
  }

  private void each(Node node, String path, BiConsumer<MappingNode.Entry, Node> reader) {
    if (node instanceof MappingNode map) {
      map.entries().forEach(entry -> reader.accept(entry, entry.value()));
    } else {
      problems.add(Problem.at(node, path, "takes a map, not " + node.kind()));
    }
  }

  private void unknown(MappingNode.Entry entry, String path, List<String> known) {
    problems.add(
        new Problem(
            entry.keyLocation(),
            path,
            "unknown key " + entry.key(),
            Suggestions.advice(entry.key(), known)));
  }

  private void requireName(MappingNode.Entry entry, String path) {
    if (!NAME.matcher(entry.key()).matches()) {
      problems.add(
          new Problem(
              entry.keyLocation(),
              path,
              "a name has 1 to 64 letters, digits, or characters of _.@-, not \"%s\""
                  .formatted(entry.key()),
              Optional.empty()));
    }
  }

  private static Optional<String> text(Node node) {
    return node instanceof ScalarNode scalar && scalar.value().isString()
        ? Optional.of(scalar.value().stringValue())
        : Optional.empty();
  }
}
