package io.hotpod.testing.registry;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image for one platform, by the OCI image specification 1.0: a configuration and layers, and
 * the manifest that names both by their digests. Immutable.
 */
public final class OciImage {
  static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

  private static final String CONFIGURATION_TYPE = "application/vnd.oci.image.config.v1+json";
  private static final String PLAIN_LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final byte[] configuration;
  private final List<Layer> layers;

  private OciImage(byte[] configuration, List<Layer> layers) {
    this.configuration = configuration;
    this.layers = List.copyOf(layers);
  }

  /** A part of the file system as it travels. */
  private static final class Layer {
    private final String type;
    private final byte[] content;

    Layer(String type, byte[] content) {
      this.type = type;
      this.content = content;
    }
  }

  /**
   * The only image of an image layout, as {@code podman save --format oci-dir} writes one.
   *
   * @throws IOException when it cannot be read
   */
  public static OciImage read(Path layout) throws IOException {
    JsonNode index = MAPPER.readTree(Files.readAllBytes(layout.resolve("index.json")));
    JsonNode manifest = MAPPER.readTree(blob(layout, index.path("manifests").path(0)));
    List<Layer> layers = new ArrayList<>();
    for (JsonNode layer : manifest.path("layers")) {
      layers.add(new Layer(layer.path("mediaType").asString(""), blob(layout, layer)));
    }
    return new OciImage(blob(layout, manifest.path("config")), layers);
  }

  private static byte[] blob(Path layout, JsonNode descriptor) throws IOException {
    String[] digest = descriptor.path("digest").asString("").split(":", 2);
    return Files.readAllBytes(layout.resolve("blobs").resolve(digest[0]).resolve(digest[1]));
  }

  /**
   * The same with a layer above the others.
   *
   * @param tar not compressed
   */
  public OciImage withLayer(byte[] tar) {
    ObjectNode changed = (ObjectNode) MAPPER.readTree(configuration);
    ((ArrayNode) requireNonNull(changed.path("rootfs").get("diff_ids"), "no diff_ids"))
        .add(digest(tar));
    changed.remove("history");
    List<Layer> more = new ArrayList<>(layers);
    more.add(new Layer(PLAIN_LAYER, tar.clone()));
    return new OciImage(MAPPER.writeValueAsBytes(changed), more);
  }

  /** By which a registry knows the image, with the algorithm before it. */
  public String digest() {
    return digest(manifest());
  }

  /** By which Podman knows it once it was pulled: the hexadecimal digest of its configuration. */
  public String id() {
    return digest(configuration).replace("sha256:", "");
  }

  byte[] manifest() {
    ObjectNode manifest = MAPPER.createObjectNode();
    manifest.put("schemaVersion", 2).put("mediaType", MANIFEST_TYPE);
    describe(manifest.putObject("config"), CONFIGURATION_TYPE, configuration);
    ArrayNode list = manifest.putArray("layers");
    layers.forEach(layer -> describe(list.addObject(), layer.type, layer.content));
    return MAPPER.writeValueAsBytes(manifest);
  }

  private static void describe(ObjectNode descriptor, String type, byte[] content) {
    descriptor.put("mediaType", type).put("digest", digest(content)).put("size", content.length);
  }

  /** What the manifest names, by digest. */
  Map<String, byte[]> blobs() {
    Map<String, byte[]> blobs = new LinkedHashMap<>();
    blobs.put(digest(configuration), configuration);
    layers.forEach(layer -> blobs.put(digest(layer.content), layer.content));
    return blobs;
  }

  private static String digest(byte[] content) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
