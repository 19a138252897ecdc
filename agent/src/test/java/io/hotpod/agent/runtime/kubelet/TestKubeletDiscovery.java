package io.hotpod.agent.runtime.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.agent.runtime.RenderedFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TestKubeletDiscovery {
  private static final KubeletDiscovery.Given NOTHING =
      new KubeletDiscovery.Given(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  private static final String HEAD =
      "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n";
  private static final String OPEN =
      "authentication:\n  anonymous:\n    enabled: true\nauthorization:\n  mode: AlwaysAllow\n";

  private Path root;

  @BeforeEach
  void begin() throws IOException {
    root = Files.createTempDirectory("hotpod-discovery-test");
  }

  @AfterEach
  void end() throws IOException {
    RenderedFiles.delete(root);
  }

  private Path file(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, content);
  }

  private KubeletSettings found() throws IOException {
    return new KubeletDiscovery(root).settings(NOTHING);
  }

  @Test
  void openKubeletIsAskedOverTlsAndKnownByItsOwnCertificate() throws IOException {
    file(
        "var/lib/kubelet/config.yaml",
        HEAD + OPEN + "staticPodPath: /etc/kubernetes/manifests\nfileCheckFrequency: 1m30s\n");
    Path certificate = file("var/lib/kubelet/pki/kubelet.crt", "x");

    assertThat(found())
        .isEqualTo(
            new KubeletSettings(
                Path.of("/etc/kubernetes/manifests"),
                URI.create("https://127.0.0.1:10250"),
                new KubeletCredentials.Anonymous(),
                new KubeletTrust.Authority(certificate),
                Duration.ofSeconds(90)));
  }

  @Test
  void runningKubeletIsBelievedFirst() throws IOException {
    file("var/lib/kubelet/config.yaml", "kind: Nonsense\n");
    Path real = file("opt/kubelet.yaml", HEAD + OPEN + "port: 10260\nreadOnlyPort: 10255\n");
    Path certificate = file("opt/pki/kubelet.crt", "x");
    file(
        "proc/42/cmdline",
        "/usr/bin/kubelet\0--config="
            + real
            + "\0--pod-manifest-path\0/manifests\0--cert-dir="
            + root.resolve("opt/pki")
            + "\0");

    KubeletSettings found = found();

    assertThat(found.manifests()).isEqualTo(Path.of("/manifests"));
    assertThat(found.url()).isEqualTo(URI.create("https://127.0.0.1:10260"));
    assertThat(found.trust()).isEqualTo(new KubeletTrust.Authority(certificate));
    assertThat(found.fileCheckFrequency()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void closedKubeletWithAReadOnlyPortIsReadThere() throws IOException {
    file(
        "var/lib/kubelet/config.yaml",
        HEAD + "staticPodPath: /m\nreadOnlyPort: 10255\naddress: 10.1.2.3\n");

    assertThat(found().url()).isEqualTo(URI.create("http://10.1.2.3:10255"));
    assertThat(found().trust()).isEqualTo(new KubeletTrust.Nothing());
  }

  @Test
  void credentialsOpenTheClosedOne() throws IOException {
    file("var/lib/kubelet/config.yaml", HEAD + "staticPodPath: /m\nreadOnlyPort: 10255\n");
    file("var/lib/kubelet/pki/kubelet.crt", "x");
    KubeletCredentials token = new KubeletCredentials.Token(Path.of("/t"));

    KubeletSettings found =
        new KubeletDiscovery(root)
            .settings(
                new KubeletDiscovery.Given(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(token),
                    Optional.empty()));

    assertThat(found.url()).isEqualTo(URI.create("https://127.0.0.1:10250"));
    assertThat(found.credentials()).isEqualTo(token);
  }

  @Test
  void whatIsMissingIsNamedWithWhatToDo() throws IOException {
    assertThatThrownBy(this::found)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--kubelet-config");
    file("var/lib/kubelet/config.yaml", HEAD);
    assertThatThrownBy(this::found).hasMessageContaining("no staticPodPath");
    file("var/lib/kubelet/config.yaml", HEAD + "staticPodPath: /m\n");
    assertThatThrownBy(this::found).hasMessageContaining("--kubelet-cert");
    file("var/lib/kubelet/config.yaml", HEAD + OPEN + "staticPodPath: /m\n");
    assertThatThrownBy(this::found).hasMessageContaining("--kubelet-fingerprint");
    file("var/lib/kubelet/config.yaml", "kind: [\n");
    assertThatThrownBy(this::found).hasMessageContaining("config.yaml:");
  }

  @Test
  void fingerprintsAreReadAsPeopleCopyThem() {
    String hex = "ab".repeat(32);
    String colons = "AB:".repeat(31) + "AB";
    assertThat(KubeletTrust.Fingerprint.parse("SHA256 Fingerprint=" + colons).sha256())
        .isEqualTo(hex);
    assertThat(KubeletTrust.Fingerprint.parse("sha256:" + hex).sha256()).isEqualTo(hex);
    assertThat(KubeletTrust.Fingerprint.parse(" " + hex + "\n").sha256()).isEqualTo(hex);
    assertThatThrownBy(() -> KubeletTrust.Fingerprint.parse("AB:CD"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl x509");
  }
}
