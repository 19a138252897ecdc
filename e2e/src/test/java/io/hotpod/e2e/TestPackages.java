package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian packages, unpacked side by side as on a machine without any Java. */
final class TestPackages {
  @TempDir static Path directory;
  private static Path installed = Path.of("");

  @BeforeAll
  static void unpack() throws Exception {
    String made =
        run(
            Map.of("HOTPOD_PACKAGE_CACHES", "no", "JAVA_HOME", System.getProperty("java.home")),
            Project.module("packaging").resolve("package.sh").toString());
    assertThat(made).contains("hotpod.deb", "hotpod-agent.deb", "hotpod-server.deb", ".tar.gz");
    installed = directory.resolve("installed");
    for (String name : List.of("hotpod", "hotpod-server", "hotpod-agent")) {
      Path file = Project.module("packaging").resolve("target/packages").resolve(name + ".deb");
      run(Map.of(), "dpkg-deb", "-x", file.toString(), installed.toString());
    }
  }

  private static String run(Map<String, String> environment, String... words) throws Exception {
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().remove("JAVA_HOME");
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(String.join(" ", words)).isTrue();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static String hotpod(String... words) throws Exception {
    return run(
        Map.of("PATH", "/usr/bin:/bin"),
        Stream.concat(Stream.of(installed.resolve("usr/bin/hotpod").toString()), Stream.of(words))
            .toArray(String[]::new));
  }

  @Test
  void commandRunsOnTheJavaOfItsPackage() throws Exception {
    assertThat(hotpod("--version")).startsWith("hotpod ");
    assertThat(installed.resolve("usr/lib/hotpod/runtime/bin/java")).isExecutable();
  }

  @Test
  void serverKeepsAStack() throws Exception {
    Path template = directory.resolve("stack.yaml");
    Files.writeString(
        template,
        """
        heat_template_version: 2021-04-16
        resources:
          text: {type: OS::Heat::RandomString}
        """);
    HotpodProcess server =
        HotpodProcess.start(
            installed.resolve("usr/bin/hotpod"),
            directory.resolve("server.log"),
            "ready ",
            Map.of("HOTPOD_JAVA_HOME", ""),
            List.of(
                "server",
                "--listen",
                "127.0.0.1:0",
                "--state",
                directory.resolve("state").toString()));
    try {
      String url = server.awaitReady();

      hotpod("stack", "create", "--server", url, "-t", template.toString(), "one");

      assertThat(hotpod("stack", "list", "--server", url)).contains("one");
    } finally {
      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void unitsAreUnderstoodBySystemd() throws Exception {
    Path units = installed.resolve("lib/systemd/system");
    for (String unit : List.of("hotpod-server.service", "hotpod-agent.service")) {
      String text = Files.readString(units.resolve(unit));
      assertThat(text).contains("ExecStart=/usr/bin/hotpod ");
      // Program and manual are not installed here, only unpacked.
      Path checked = Files.createDirectories(directory.resolve("units")).resolve(unit);
      Files.writeString(
          checked,
          text.replace("/usr/bin/hotpod", installed + "/usr/bin/hotpod")
              .replace("Documentation=man:hotpod(1)\n", ""));
      assertThat(run(Map.of(), "systemd-analyze", "verify", checked.toString()).lines())
          .filteredOn(line -> line.startsWith("hotpod-"))
          .isEmpty();
    }
    assertThat(Files.readString(units.resolve("hotpod-agent.service")))
        .contains("KillMode=process", "Before=kubelet.service");
  }

  /** Files of an agent's state, below a directory that plays the machine's root. */
  private static Path state(String name, String... files) throws IOException {
    Path root = directory.resolve(name);
    for (String file : files) {
      Path path = root.resolve("var/lib/hotpod-agent").resolve(file);
      Files.createDirectories(path.resolve("..").normalize());
      Files.writeString(path, "");
    }
    return root;
  }

  /** Runs a script of the agent's package, with a Podman that has one pod. */
  private static String script(String name, Path root, String argument) throws Exception {
    Path scripts = directory.resolve("scripts");
    if (!Files.exists(scripts)) {
      Path file = Project.module("packaging").resolve("target/packages/hotpod-agent.deb");
      run(Map.of(), "dpkg-deb", "-e", file.toString(), scripts.toString());
    }
    Path programs = Files.createDirectories(root.resolve("programs"));
    Path podman = programs.resolve("podman");
    Files.writeString(podman, "#!/bin/sh\n[ \"$*\" = 'pod exists hotpod-web' ]\n");
    Files.setPosixFilePermissions(podman, PosixFilePermissions.fromString("rwx------"));
    return run(
        Map.of("PATH", programs + ":/usr/bin:/bin", "DPKG_ROOT", root.toString()),
        scripts.resolve(name).toString(),
        argument);
  }

  @Test
  void purgeOfTheAgentForgetsEverything() throws Exception {
    Path root =
        state(
            "purged",
            "instance.json",
            "desired.sealed",
            "state.key",
            "podman/containers.conf",
            "archives/app.tar",
            "volumes/hotpod-gone/data/file",
            ".hidden");
    Files.createDirectories(root.resolve("run/hotpod-agent/some-instance"));

    assertThat(script("postrm", root, "purge")).isEmpty();

    assertThat(root.resolve("var/lib/hotpod-agent")).doesNotExist();
    assertThat(root.resolve("run/hotpod-agent")).doesNotExist();
    assertThat(script("postrm", root, "purge")).isEmpty();
  }

  @Test
  void purgeOfTheAgentLeavesTheFilesOfPodsThatRun() throws Exception {
    Path root =
        state("kept", "instance.json", "volumes/hotpod-gone/file", "volumes/hotpod-web/data/file");
    Files.createDirectories(root.resolve("run/hotpod-agent/some-instance"));

    assertThat(script("postrm", root, "purge")).contains("podman pod rm --force hotpod-web");

    Path kept = root.resolve("var/lib/hotpod-agent");
    assertThat(kept.resolve("instance.json")).doesNotExist();
    assertThat(kept.resolve("volumes/hotpod-gone")).doesNotExist();
    assertThat(kept.resolve("volumes/hotpod-web/data/file")).exists();
    assertThat(root.resolve("run/hotpod-agent/some-instance")).exists();
  }

  @Test
  void removalOfTheAgentLeavesEverything() throws Exception {
    Path root = state("removed", "instance.json", "volumes/hotpod-gone/file");

    assertThat(script("postrm", root, "remove")).isEmpty();

    assertThat(root.resolve("var/lib/hotpod-agent/instance.json")).exists();
    assertThat(root.resolve("var/lib/hotpod-agent/volumes/hotpod-gone/file")).exists();
    assertThat(Files.readString(directory.resolve("scripts/prerm")))
        .contains("systemctl disable --now hotpod-agent.service");
  }

  @Test
  void configurationIsTheAdministrators() throws IOException {
    assertThat(installed.resolve("etc/hotpod/agent.env")).exists();
    assertThat(installed.resolve("usr/share/man/man1/hotpod.1.gz")).isNotEmptyFile();
    for (String completion :
        List.of(
            "bash-completion/completions/hotpod",
            "zsh/vendor-completions/_hotpod",
            "fish/vendor_completions.d/hotpod.fish")) {
      assertThat(installed.resolve("usr/share").resolve(completion)).isNotEmptyFile();
    }
    assertThat(
            Files.readString(
                installed.resolve("usr/share/doc/hotpod-agent/examples/cloud-init.yaml")))
        .startsWith("#cloud-config\n");
    assertThat(installed.resolve("var/lib/heat-config/hooks/kubelet")).isExecutable();
  }
}
