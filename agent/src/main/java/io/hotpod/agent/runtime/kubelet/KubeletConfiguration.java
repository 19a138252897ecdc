package io.hotpod.agent.runtime.kubelet;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a kubelet's own configuration file says that matters here, by the reference of
 * KubeletConfiguration v1beta1. What it does not say has the kubelet's default.
 */
record KubeletConfiguration(Path file, JsonNode content) {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);
  private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(h|ms|m|s)");
  private static final int PORT = 10250;

  /**
   * @throws IOException when the file cannot be read or is something else
   */
  static KubeletConfiguration read(Path file) throws IOException {
    JsonNode content;
    try {
      content = READER.read(file.toString(), Files.readString(file)).toJson();
    } catch (DocumentException e) {
      throw new IOException(e.problems().getFirst().toString(), e);
    }
    if (!content.path("kind").asString("").equals("KubeletConfiguration")) {
      throw new IOException(file + " is no KubeletConfiguration");
    }
    return new KubeletConfiguration(file, content);
  }

  Optional<Path> staticPodPath() {
    return path("staticPodPath");
  }

  Optional<Path> tlsCertFile() {
    return path("tlsCertFile");
  }

  /** The certificate is one that a cluster signed, and changes. */
  boolean serverTlsBootstrap() {
    return content.path("serverTLSBootstrap").asBoolean(false);
  }

  int port() {
    int port = content.path("port").asInt(0);
    return port == 0 ? PORT : port;
  }

  /** Empty where it is off, which is the default. */
  Optional<Integer> readOnlyPort() {
    int port = content.path("readOnlyPort").asInt(0);
    return port == 0 ? Optional.empty() : Optional.of(port);
  }

  /** Where it listens, seen from the same machine. */
  String host() {
    String address = content.path("address").asString("");
    if (address.isEmpty() || address.equals("0.0.0.0") || address.equals("::")) {
      return "127.0.0.1";
    }
    return address.contains(":") ? "[" + address + "]" : address;
  }

  /** Whether anybody may ask for anything. */
  boolean letsAnybodyIn() {
    return content.path("authentication").path("anonymous").path("enabled").asBoolean(false)
        && content.path("authorization").path("mode").asString("").equals("AlwaysAllow");
  }

  Duration fileCheckFrequency() {
    Matcher part = DURATION.matcher(content.path("fileCheckFrequency").asString(""));
    double seconds = 0;
    while (part.find()) {
      double unit =
          switch (part.group(2)) {
            case "h" -> 3600;
            case "m" -> 60;
            case "ms" -> 0.001;
            default -> 1;
          };
      seconds += Double.parseDouble(part.group(1)) * unit;
    }
    return seconds == 0
        ? KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY
        : Duration.ofMillis((long) (seconds * 1000));
  }

  private Optional<Path> path(String field) {
    String path = content.path(field).asString("");
    // A relative path is meant from the file, as the kubelet takes it.
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(file.toAbsolutePath().resolveSibling(path).normalize());
  }
}
