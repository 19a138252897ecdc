package io.hotpod.agent.runtime.podman.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.hotpod.agent.runtime.ConfigurationValues;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.PodJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The credentials for registries that a pod brings along as imagePullSecrets, matched to images as
 * a kubelet matches them. Never logged. Pure.
 */
public final class RegistryCredentials {
  private static final String DOCKER_HUB = "docker.io";

  private final List<Entry> entries;

  private RegistryCredentials(List<Entry> entries) {
    this.entries = entries;
  }

  /** For one registry, or for a path of it. */
  private record Entry(String place, JsonNode login) {
    @Override
    public String toString() {
      return "Entry[" + place + "]";
    }
  }

  /** Those of a pod; what cannot be understood is left out, as by a kubelet. */
  public static RegistryCredentials of(DesiredPod desired) {
    ConfigurationValues values = new ConfigurationValues(desired);
    List<Entry> entries = new ArrayList<>();
    for (LocalObjectReference secret : desired.pod().getSpec().getImagePullSecrets()) {
      Map<String, String> content = values.secret(secret.getName());
      parse(content.getOrDefault(".dockerconfigjson", "{}"))
          .path("auths")
          .propertyStream()
          .forEach(entry -> entries.add(new Entry(place(entry.getKey()), entry.getValue())));
      parse(content.getOrDefault(".dockercfg", "{}"))
          .propertyStream()
          .forEach(entry -> entries.add(new Entry(place(entry.getKey()), entry.getValue())));
    }
    return new RegistryCredentials(entries);
  }

  private static JsonNode parse(String text) {
    try {
      return PodJson.read(text, JsonNode.class);
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  /** Host and path of a key such as {@code https://index.docker.io/v1/}. */
  private static String place(String key) {
    String place = key.replaceFirst("^https?://", "").replaceFirst("/v[12]/?$", "");
    String trimmed = place.replaceFirst("/+$", "");
    return trimmed.equals("index.docker.io") ? DOCKER_HUB : trimmed;
  }

  /** The value of the header {@code X-Registry-Auth} for an image; the longest match counts. */
  public Optional<String> header(String image) {
    String name = full(image);
    Optional<Entry> best = Optional.empty();
    for (Entry entry : entries) {
      if (matches(entry.place(), name)
          && best.map(found -> found.place().length() < entry.place().length()).orElse(true)) {
        best = Optional.of(entry);
      }
    }
    return best.flatMap(entry -> header(entry.login()));
  }

  /** With the host that is meant where none is named. */
  private static String full(String image) {
    int slash = image.indexOf('/');
    String first = slash < 0 ? "" : image.substring(0, slash);
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    return host ? image : DOCKER_HUB + "/" + image;
  }

  private static boolean matches(String place, String image) {
    String[] wanted = place.split("/", 2);
    String[] given = image.split("/", 2);
    return hostMatches(wanted[0], given[0])
        && (wanted.length < 2
            || (given.length > 1
                && (given[1].equals(wanted[1]) || given[1].matches(boundary(wanted[1])))));
  }

  private static String boundary(String path) {
    return java.util.regex.Pattern.quote(path) + "[/:@].*";
  }

  /** A star stands for one part of a name, not for several. */
  private static boolean hostMatches(String pattern, String host) {
    String[] wanted = pattern.split("\\.", -1);
    String[] given = host.split("\\.", -1);
    if (wanted.length != given.length) {
      return false;
    }
    for (int part = 0; part < wanted.length; part++) {
      if (!wanted[part].equals("*") && !wanted[part].equals(given[part])) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> header(JsonNode login) {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    String both = decoded(login.path("auth").asString(""));
    int colon = both.indexOf(':');
    String user = login.path("username").asString(colon < 0 ? "" : both.substring(0, colon));
    String password = login.path("password").asString(colon < 0 ? "" : both.substring(colon + 1));
    String token = login.path("identitytoken").asString("");
    if (user.isEmpty() && token.isEmpty()) {
      return Optional.empty();
    }
    header.put("username", user).put("password", password);
    if (!token.isEmpty()) {
      header.put("identitytoken", token);
    }
    return Optional.of(
        Base64.getUrlEncoder().encodeToString(PodJson.write(header).getBytes(UTF_8)));
  }

  private static String decoded(String auth) {
    try {
      return new String(Base64.getDecoder().decode(auth), UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
