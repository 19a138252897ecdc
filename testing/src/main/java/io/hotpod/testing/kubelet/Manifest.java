package io.hotpod.testing.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod as a kubelet makes it of a file.
 *
 * @param name with the name of the node at its end
 * @param uid 32 hexadecimal digits, unless the file gives one
 * @param pod as the file gives it
 */
record Manifest(Path file, String namespace, String name, String uid, ObjectNode pod) {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Set<String> POLICIES = Set.of("", "Always", "OnFailure", "Never");

  /** A file that a kubelet only writes a line about. */
  static final class InvalidException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidException(String message) {
      super(message);
    }
  }

  /** The kubelet's key for a pod: two files with the same one are one pod. */
  String key() {
    return namespace + "/" + name;
  }

  static Manifest read(Path file, String text, String nodeName) throws InvalidException {
    JsonNode read;
    try {
      read = READER.read(file.toString(), text).toJson();
    } catch (DocumentException e) {
      throw new InvalidException("couldn't parse as pod(" + e.problems().getFirst() + ")");
    }
    if (!(read instanceof ObjectNode pod)
        || !pod.path("kind").asString("").equals("Pod")
        || !pod.path("apiVersion").asString("").equals("v1")) {
      throw new InvalidException("couldn't parse as pod(Object 'Kind' is missing)");
    }
    String name = pod.path("metadata").path("name").asString("") + "-" + nodeName;
    if (name.length() > 253 || !SUBDOMAIN.matcher(name).matches()) {
      throw new InvalidException("invalid pod: [metadata.name: Invalid value: \"" + name + "\"]");
    }
    validate(pod.path("spec"));
    String given = pod.path("metadata").path("uid").asString("");
    String namespace = pod.path("metadata").path("namespace").asString("default");
    return new Manifest(
        file, namespace, name, given.isEmpty() ? uid(pod, nodeName, file) : given, pod);
  }

  private static void validate(JsonNode spec) throws InvalidException {
    if (!spec.path("containers").isArray() || spec.path("containers").isEmpty()) {
      throw new InvalidException("invalid pod: [spec.containers: Required value]");
    }
    if (!POLICIES.contains(spec.path("restartPolicy").asString(""))) {
      throw new InvalidException("invalid pod: [spec.restartPolicy: Unsupported value]");
    }
    Set<String> volumes = new HashSet<>();
    spec.path("volumes").forEach(volume -> volumes.add(volume.path("name").asString("")));
    Set<String> names = new HashSet<>();
    for (String field : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(field)) {
        String name = container.path("name").asString("");
        if (!LABEL.matcher(name).matches()) {
          throw new InvalidException("invalid pod: [spec." + field + ".name: Invalid value]");
        }
        if (!names.add(name)) {
          throw new InvalidException(
              "invalid pod: [spec." + field + ".name: Duplicate value: \"" + name + "\"]");
        }
        if (container.path("image").asString("").isEmpty()) {
          throw new InvalidException("invalid pod: [spec." + field + ".image: Required value]");
        }
        for (JsonNode mount : container.path("volumeMounts")) {
          if (!volumes.contains(mount.path("name").asString(""))) {
            throw new InvalidException("invalid pod: [volumeMounts.name: Not found]");
          }
        }
      }
    }
  }

  /** Over the content and the path: another path is another pod, other white space is not. */
  private static String uid(ObjectNode pod, String nodeName, Path file) {
    try {
      String text = sorted(pod) + "\nhost:" + nodeName + "\nfile:" + file;
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has MD5", e);
    }
  }

  private static String sorted(JsonNode node) {
    if (node.isObject()) {
      Map<String, String> fields = new TreeMap<>();
      node.propertyStream().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
      return fields.toString();
    }
    if (node.isArray()) {
      StringBuilder items = new StringBuilder("[");
      node.forEach(item -> items.append(sorted(item)).append(','));
      return items.append(']').toString();
    }
    return node.toString();
  }

  boolean handlesTerm() {
    for (JsonNode container : pod.path("spec").path("containers")) {
      if (Behaviour.of(container) == Behaviour.IGNORES_TERM) {
        return false;
      }
    }
    return true;
  }

  double graceSeconds() {
    return pod.path("spec").path("terminationGracePeriodSeconds").asDouble(30);
  }

  /** What a kubelet without an API server waits for for ever. */
  boolean needsApiServer() {
    JsonNode spec = pod.path("spec");
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.has("configMap") || volume.has("secret") || volume.has("projected")) {
        return true;
      }
    }
    for (String field : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(field)) {
        for (JsonNode variable : container.path("env")) {
          JsonNode from = variable.path("valueFrom");
          if (from.has("configMapKeyRef") || from.has("secretKeyRef")) {
            return true;
          }
        }
        if (!container.path("envFrom").isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  /** A hostPath that is to be a directory and is not there: its pod waits until it is. */
  boolean lacksDirectory() {
    for (JsonNode volume : pod.path("spec").path("volumes")) {
      JsonNode hostPath = volume.path("hostPath");
      if (hostPath.path("type").asString("").equals("Directory")
          && !java.nio.file.Files.isDirectory(Path.of(hostPath.path("path").asString("")))) {
        return true;
      }
    }
    return false;
  }
}
