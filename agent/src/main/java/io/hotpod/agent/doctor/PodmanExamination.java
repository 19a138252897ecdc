package io.hotpod.agent.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks Podman about itself, by {@code podman info}. */
final class PodmanExamination {
  private static final String PODMAN = "podman";
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final List<String> command;

  /**
   * @param socket of the service that an agent is to use; empty where it starts its own
   */
  PodmanExamination(Optional<Path> socket) {
    List<String> words = new ArrayList<>(List.of(PODMAN));
    socket.ifPresent(path -> words.addAll(List.of("--remote", "--url", "unix://" + path)));
    words.addAll(List.of("info", "--format", "json"));
    command = List.copyOf(words);
  }

  List<Finding> examine() throws InterruptedException {
    try {
      Path output = Files.createTempFile("hotpod-doctor", ".json");
      Path errors = Files.createTempFile("hotpod-doctor", ".txt");
      try {
        return asked(output, errors);
      } finally {
        Files.deleteIfExists(errors);
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return List.of(
          Finding.bad(
              PODMAN,
              "it cannot be started: " + e.getMessage(),
              "install it, as by 'apt-get install podman', or use --runtime kubelet"));
    }
  }

  private List<Finding> asked(Path output, Path errors) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      return List.of(
          Finding.bad(
              PODMAN,
              "'"
                  + String.join(" ", command)
                  + "' did not end within "
                  + LONGEST.toSeconds()
                  + " s",
              "look for a hanging mount or a Podman that waits for a lock"));
    }
    if (process.exitValue() != 0) {
      String said = Files.readString(errors, UTF_8).strip();
      return List.of(
          Finding.bad(PODMAN, "it fails: " + said, "make 'podman info' work for this user"));
    }
    try {
      return of(PodJson.read(Files.readString(output, UTF_8), JsonNode.class));
    } catch (JacksonException e) {
      return List.of(
          Finding.bad(PODMAN, "'podman info' is not JSON", "see what 'podman info' prints"));
    }
  }

  /** Pure. What {@code podman info} tells. */
  static List<Finding> of(JsonNode info) {
    JsonNode host = info.path("host");
    List<Finding> findings = new ArrayList<>();
    String version = info.path("version").path("Version").asString("");
    int major = major(version);
    String words =
        "Podman "
            + version
            + " with "
            + host.path("ociRuntime").path("name").asString("no OCI runtime")
            + ", storage "
            + info.path("store").path("graphDriverName").asString("unknown")
            + (host.path("security").path("rootless").asBoolean(false) ? ", rootless" : "");
    findings.add(
        major >= 4
            ? Finding.good(PODMAN, words)
            : Finding.bad(PODMAN, words, "install Podman 4 or later"));
    String cgroups = host.path("cgroupVersion").asString("unknown");
    findings.add(
        "v2".equals(cgroups)
            ? Finding.good("cgroups", "version 2")
            : Finding.doubtful(
                "cgroups",
                "version " + cgroups.replace("v", ""),
                "limits of memory and CPU work best with version 2: boot with"
                    + " systemd.unified_cgroup_hierarchy=1"));
    if (host.path("networkBackend").asString("").equals("cni")) {
      findings.add(
          Finding.doubtful(
              "network", "the backend is CNI", "Podman 5 knows netavark only: install netavark"));
    }
    return List.copyOf(findings);
  }

  private static int major(String version) {
    int end = version.indexOf('.');
    try {
      return Integer.parseInt(end < 0 ? version : version.substring(0, end));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
