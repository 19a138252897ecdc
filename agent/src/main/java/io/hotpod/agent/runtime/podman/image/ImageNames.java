package io.hotpod.agent.runtime.podman.image;

import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The names of the images in an archive: of a docker-archive by its {@code manifest.json}, of an
 * oci-archive by the annotations in its {@code index.json}; some have both.
 */
final class ImageNames {
  private static final String DOCKER = "manifest.json";
  private static final String OCI = "index.json";

  private ImageNames() {}

  /**
   * @throws IOException when it cannot be read or is no archive of images
   */
  static Set<String> in(Path archive) throws IOException {
    Map<String, byte[]> files = TarFiles.read(archive, Set.of(DOCKER, OCI));
    if (files.isEmpty()) {
      throw new IOException("it has neither " + DOCKER + " nor " + OCI);
    }
    Set<String> names = new TreeSet<>();
    for (JsonNode image : json(files, DOCKER)) {
      image.path("RepoTags").forEach(tag -> add(tag.asString(""), names));
    }
    for (JsonNode manifest : json(files, OCI).path("manifests")) {
      JsonNode annotations = manifest.path("annotations");
      add(annotations.path("io.containerd.image.name").asString(""), names);
      add(annotations.path("org.opencontainers.image.ref.name").asString(""), names);
    }
    return names;
  }

  private static JsonNode json(Map<String, byte[]> files, String name) throws IOException {
    byte[] content = files.get(name);
    if (content == null) {
      return MissingNode.getInstance();
    }
    try {
      return PodJson.read(content, JsonNode.class);
    } catch (JacksonException e) {
      throw new IOException(name + " in it is not JSON", e);
    }
  }

  /** A tag alone, as some tools write it, names no image. */
  private static void add(String name, Set<String> names) {
    if (name.contains("/") || name.contains(":")) {
      names.add(full(name));
    }
  }

  /** With registry and tag, as Docker's rules for short names have it. */
  static String full(String name) {
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
    String path = registry ? name : slash < 0 ? "docker.io/library/" + name : "docker.io/" + name;
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.contains(":") || last.contains("@") ? path : path + ":latest";
  }
}
