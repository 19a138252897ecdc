package io.hotpod.server.keystone;

import static java.util.Objects.requireNonNull;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.Problem;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.Suggestions;
import io.hotpod.server.http.Json;
import io.hotpod.server.users.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** As whom the server asks Keystone. Its text does not show the password. */
record ServiceUser(
    String name, String password, String userDomain, String project, String projectDomain) {
  private static final List<String> KEYS =
      List.of("username", "password", "user_domain_name", "project_name", "project_domain_name");
  private static final String USUAL_DOMAIN = "Default";

  ServiceUser {
    requireNonNull(name, "name is null");
    requireNonNull(password, "password is null");
    requireNonNull(userDomain, "userDomain is null");
    requireNonNull(project, "project is null");
    requireNonNull(projectDomain, "projectDomain is null");
  }

  /**
   * Reads a file of its owner alone, YAML or JSON, with the names of a {@code clouds.yaml}.
   *
   * @throws IOException when it cannot be used; the message has file and line
   */
  static ServiceUser read(Path file) throws IOException {
    try {
      Node root = new DocumentReader(Limits.DEFAULT).read(file.toString(), PrivateFile.read(file));
      Map<String, String> values = values(root);
      return new ServiceUser(
          required(root, values, "username"),
          required(root, values, "password"),
          values.getOrDefault("user_domain_name", USUAL_DOMAIN),
          required(root, values, "project_name"),
          values.getOrDefault("project_domain_name", USUAL_DOMAIN));
    } catch (DocumentException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }

  private static Map<String, String> values(Node root) {
    if (!(root instanceof MappingNode map)) {
      throw new DocumentException(Problem.at(root, "", "takes a map, not " + root.kind()));
    }
    Map<String, String> values = new HashMap<>();
    for (MappingNode.Entry entry : map.entries()) {
      if (!KEYS.contains(entry.key())) {
        throw new DocumentException(
            new Problem(
                entry.keyLocation(),
                "",
                "unknown key " + entry.key(),
                Suggestions.advice(entry.key(), KEYS)));
      }
      if (!(entry.value() instanceof ScalarNode scalar)) {
        throw new DocumentException(Problem.at(entry.value(), entry.key(), "takes a string"));
      }
      values.put(entry.key(), scalar.text());
    }
    return values;
  }

  private static String required(Node root, Map<String, String> values, String key) {
    return Optional.ofNullable(values.get(key))
        .orElseThrow(() -> new DocumentException(Problem.at(root, "", key + " is missing")));
  }

  /** The body that asks for a token. */
  ObjectNode login() {
    ObjectNode body = Json.object();
    ObjectNode auth = body.putObject("auth");
    ObjectNode identity = auth.putObject("identity");
    identity.putArray("methods").add("password");
    ObjectNode user = identity.putObject("password").putObject("user");
    user.put("name", name).put("password", password);
    user.putObject("domain").put("name", userDomain);
    ObjectNode scope = auth.putObject("scope").putObject("project");
    scope.put("name", project).putObject("domain").put("name", projectDomain);
    return body;
  }

  @Override
  public String toString() {
    return "ServiceUser[name=" + name + ", project=" + project + "]";
  }
}
