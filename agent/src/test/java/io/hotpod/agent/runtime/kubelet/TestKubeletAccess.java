package io.hotpod.agent.runtime.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.ExecLine;
import io.hotpod.agent.runtime.ExecQuery;
import io.hotpod.agent.runtime.ExecUnavailableException;
import io.hotpod.agent.runtime.LogQuery;
import io.hotpod.agent.runtime.LogsUnavailableException;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.exec.ExecFrame;
import io.hotpod.testing.kubelet.Access;
import io.hotpod.testing.kubelet.Behaviour;
import io.hotpod.testing.kubelet.Certificates;
import io.hotpod.testing.kubelet.FakeKubelet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who talks to whom, and what each port gives. */
final class TestKubeletAccess {
  private static final DesiredPod WEB = KubeletFixture.simple("web", "one", Behaviour.RUNS.image());
  private static final KubeletTrust PINNED =
      new KubeletTrust.Fingerprint(Certificates.shared().fingerprint());

  private KubeletFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new KubeletFixture();
  }

  @AfterEach
  void end() throws IOException {
    fixture.close();
  }

  private void connect(URI url, KubeletCredentials credentials, KubeletTrust trust) {
    fixture.stopRuntime();
    fixture.startRuntime(
        new KubeletSettings(
            fixture.manifests,
            url,
            credentials,
            trust,
            KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY));
  }

  private void connect(KubeletCredentials credentials, KubeletTrust trust) {
    connect(fixture.kubelet.url(), credentials, trust);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(fixture.root.resolve(name), content);
  }

  private void restart(Access access) throws IOException {
    fixture.kubelet.close();
    fixture.kubelet = FakeKubelet.start(fixture.machine, fixture.manifests, access, 0, 0);
  }

  private String awaitProblem(String part) {
    await()
        .atMost(KubeletFixture.SOON)
        .until(() -> fixture.runtime.health().problem().contains(part));
    return fixture.runtime.health().problem();
  }

  private void awaitWorks() {
    fixture.desire(WEB);
    fixture.awaitReady(WEB);
  }

  @Test
  void certificateItselfMayBeTheAuthority() throws IOException {
    connect(
        new KubeletCredentials.Anonymous(),
        new KubeletTrust.Authority(file("ca.pem", Certificates.shared().server())));
    awaitWorks();
  }

  @Test
  void anotherCertificateIsRefused() throws IOException {
    connect(
        new KubeletCredentials.Anonymous(),
        new KubeletTrust.Authority(file("ca.pem", Certificates.stranger().server())));
    assertThat(awaitProblem("trusts")).contains("is not the kubelet that this agent trusts");
    assertThat(fixture.runtime.observe()).isEmpty();
  }

  @Test
  void anotherFingerprintIsRefusedAndTheShownOneTold() {
    connect(
        new KubeletCredentials.Anonymous(),
        new KubeletTrust.Fingerprint(Certificates.stranger().fingerprint()));
    assertThat(awaitProblem("fingerprint")).contains(Certificates.shared().fingerprint());
  }

  @Test
  void clientCertificateOpensTheDoor() throws IOException {
    restart(Access.CERTIFICATE);
    connect(
        new KubeletCredentials.ClientCertificate(
            file("client.pem", Certificates.shared().client()),
            file("client.key", Certificates.shared().clientKey())),
        PINNED);
    awaitWorks();
  }

  @Test
  void withoutCredentialsTheDoorStaysClosedAndSaysWhatToDo() throws IOException {
    restart(Access.CERTIFICATE);
    connect(new KubeletCredentials.Anonymous(), PINNED);
    assertThat(awaitProblem("does not take")).contains("--kubelet-cert");
  }

  @Test
  void tokenThatIsRenewedIsReadAgain() throws IOException {
    restart(Access.token("new"));
    Path token = file("token", "old\n");
    connect(new KubeletCredentials.Token(token), PINNED);
    assertThat(awaitProblem("does not take")).contains(token.toString()).doesNotContain("old");

    file("token", "new\n");
    awaitWorks();
  }

  @Test
  void readOnlyPortIsEnoughToRunPods() throws IOException {
    connect(
        fixture.kubelet.readOnlyUrl(),
        new KubeletCredentials.Anonymous(),
        new KubeletTrust.Nothing());
    awaitWorks();
    DesiredPod two =
        KubeletFixture.pod(
            "web",
            "two",
            KubeletFixture.spec(Behaviour.RUNS.image())
                .replace("'terminationGracePeriodSeconds':2", "'terminationGracePeriodSeconds':1"));
    fixture.desire(two);
    fixture.awaitReady(two);

    assertThat(fixture.machine.starts("web")).isEqualTo(2);
    assertThatThrownBy(() -> logs("", Optional.empty()))
        .isInstanceOf(LogsUnavailableException.class)
        .hasMessageContaining("read-only port");
  }

  @Test
  void secretsAreNotSentOverPlainHttp() {
    assertThatThrownBy(
            () ->
                new KubeletSettings(
                    fixture.manifests,
                    URI.create("http://127.0.0.1:10255"),
                    new KubeletCredentials.Token(Path.of("token")),
                    new KubeletTrust.Nothing(),
                    KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("plain HTTP");
  }

  private String logs(String container, Optional<Integer> tail)
      throws IOException, InterruptedException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    fixture.runtime.logs(new LogQuery("web", container, tail, false), output);
    return output.toString(StandardCharsets.UTF_8);
  }

  @Test
  void logsAreTheContainersOwn() throws Exception {
    awaitWorks();

    assertThat(logs("", Optional.of(1))).isEqualTo("line 3 of main\n");
    assertThat(logs("main", Optional.empty())).hasLineCount(3);
    assertThatThrownBy(() -> logs("nosuch", Optional.empty()))
        .isInstanceOf(LogsUnavailableException.class)
        .hasMessageContaining("[main]");
    assertThatThrownBy(
            () ->
                fixture.runtime.logs(
                    new LogQuery("other", "", Optional.empty(), false),
                    new ByteArrayOutputStream()))
        .isInstanceOf(LogsUnavailableException.class);
  }

  /** A person who listens and says nothing. */
  private static final class Listener implements ExecLine {
    final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void tell(ExecFrame frame) {
      heard.add((frame.kind() + " " + new String(frame.payload(), StandardCharsets.UTF_8)).strip());
    }

    @Override
    public Optional<ExecFrame> hear() {
      return Optional.empty();
    }
  }

  private int exec(Listener line, boolean input, String... command)
      throws IOException, InterruptedException {
    return fixture.runtime.exec(
        new ExecQuery("web", "", List.of(command), input, false, 0, 0), line);
  }

  @Test
  void commandsRunInContainersAndTellTheirExitCode() throws Exception {
    awaitWorks();
    Listener line = new Listener();

    assertThat(exec(line, false, "ls", "-l")).isZero();
    assertThat(line.heard).containsExactly("STARTED", "OUTPUT ran [ls, -l]");
    Listener failing = new Listener();
    assertThat(exec(failing, false, "false")).isEqualTo(1);
    assertThat(failing.heard).containsExactly("STARTED", "ERROR no luck");
  }

  @Test
  void commandsThatAKubeletCannotRunSayWhy() {
    awaitWorks();

    assertThatThrownBy(() -> exec(new Listener(), false, "echo", "a b"))
        .isInstanceOf(ExecUnavailableException.class)
        .hasMessageContaining("white space");
    assertThatThrownBy(() -> exec(new Listener(), true, "sh"))
        .isInstanceOf(ExecUnavailableException.class)
        .hasMessageContaining("without input");
    assertThatThrownBy(
            () ->
                fixture.runtime.exec(
                    new ExecQuery("other", "", List.of("ls"), false, false, 0, 0), new Listener()))
        .isInstanceOf(ExecUnavailableException.class)
        .hasMessageContaining("there is no pod other");
  }

  private static KubeletCheck.Outcome check(KubeletSettings settings) throws InterruptedException {
    return KubeletCheck.of(settings);
  }

  @Test
  void checkTellsApartWhatIsWrong() throws Exception {
    KubeletSettings good = fixture.settings();
    assertThat(check(good))
        .isEqualTo(
            new KubeletCheck.Works(Optional.of("1.31.13"), 0, Optional.of(fixture.manifests)));
    assertThat(
            check(
                new KubeletSettings(
                    good.manifests(),
                    good.url(),
                    good.credentials(),
                    new KubeletTrust.Fingerprint(Certificates.stranger().fingerprint()),
                    good.fileCheckFrequency())))
        .asString()
        .contains("trusts", "--kubelet-fingerprint");
    restart(Access.CERTIFICATE);
    assertThat(check(fixture.settings())).asString().contains("--kubelet-cert");
    fixture.kubelet.kill();
    assertThat(check(fixture.settings())).asString().contains("nobody listens", "--kubelet-url");
  }
}
