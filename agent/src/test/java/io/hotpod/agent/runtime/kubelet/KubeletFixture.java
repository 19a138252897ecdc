package io.hotpod.agent.runtime.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.hotpod.agent.reconcile.Reconciler;
import io.hotpod.agent.runtime.RenderedFiles;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.UpdateStrategy;
import io.hotpod.testing.kubelet.Access;
import io.hotpod.testing.kubelet.Certificates;
import io.hotpod.testing.kubelet.FakeKubelet;
import io.hotpod.testing.kubelet.FakeMachine;
import io.hotpod.testing.kubelet.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A kubelet to play against and a runtime on it, with time going ten times as fast. */
final class KubeletFixture implements AutoCloseable {
  static final double SCALE = 0.1;
  static final String INSTANCE = "instance-1";
  static final Duration SOON = Duration.ofSeconds(30);

  final Path root;
  final Path manifests;
  final FakeMachine machine;
  FakeKubelet kubelet;
  KubeletRuntime runtime;
  Reconciler reconciler;
  private RandomGenerator random = new Random();
  private boolean putsAside;
  private long version;

  KubeletFixture() throws IOException {
    this(0);
  }

  /**
   * @param releasedAfter seconds for which the kubelet keeps the name of a stopped pod
   */
  KubeletFixture(double releasedAfter) throws IOException {
    root = Files.createTempDirectory("hotpod-kubelet-test");
    manifests = Files.createDirectory(root.resolve("manifests"));
    machine = new FakeMachine(new Pace(SCALE, new Random(7)), releasedAfter);
    kubelet = FakeKubelet.start(machine, manifests);
    runtime = runtime(settings());
    reconciler = reconciler(runtime);
  }

  final KubeletSettings settings() {
    return new KubeletSettings(
        manifests,
        kubelet.url(),
        new KubeletCredentials.Anonymous(),
        new KubeletTrust.Fingerprint(Certificates.shared().fingerprint()),
        KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY);
  }

  static KubeletTimings timings() {
    return KubeletTimings.of(KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY).scaled(SCALE);
  }

  /** From the next runtime on, the marks of files are made of this. */
  void useRandom(RandomGenerator generator) {
    random = generator;
  }

  /** The test itself makes the kubelet put pods aside. */
  void expectPutAside() {
    putsAside = true;
  }

  void startRuntime() {
    startRuntime(settings());
  }

  void startRuntime(KubeletSettings settings) {
    runtime = runtime(settings);
    reconciler = reconciler(runtime);
  }

  private KubeletRuntime runtime(KubeletSettings settings) {
    KubeletRuntime started =
        new KubeletRuntime(
            settings,
            timings(),
            new KubeletInstance(INSTANCE, root.resolve("state"), root.resolve("secrets")),
            Clock.systemUTC(),
            random);
    started.start();
    return started;
  }

  private static Reconciler reconciler(KubeletRuntime runtime) {
    Reconciler started = new Reconciler(runtime, () -> {});
    started.start();
    return started;
  }

  void restartRuntime() {
    stopRuntime();
    startRuntime();
  }

  void stopRuntime() {
    reconciler.close();
    runtime.close();
  }

  void restartKubelet() throws IOException {
    int port = kubelet.url().getPort();
    int readOnly = kubelet.readOnlyUrl().getPort();
    kubelet.kill();
    kubelet = FakeKubelet.start(machine, manifests, Access.OPEN, port, readOnly);
  }

  /** What is in memory is lost, and the kubelet is up before the agent. */
  void rebootWithoutAgent() throws IOException {
    stopRuntime();
    kubelet.kill();
    machine.powerOff();
    RenderedFiles.delete(root.resolve("secrets"));
    restartKubelet();
  }

  void desire(DesiredPod... pods) {
    reconciler.desire(new DesiredPods(++version, List.of(pods)));
  }

  ObservedPod awaitPod(String id, Predicate<ObservedPod> condition) {
    return await("pod " + id)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                reconciler.observe().stream()
                    .filter(pod -> pod.id().equals(id))
                    .filter(condition)
                    .findFirst(),
            found -> found.isPresent())
        .orElseThrow();
  }

  ObservedPod awaitReady(DesiredPod pod) {
    return awaitPod(pod.id(), seen -> seen.ready() && seen.token().equals(pod.token()));
  }

  void awaitNothing() {
    await("nothing left")
        .atMost(SOON)
        .until(() -> runtime.observe().isPresent() && reconciler.observe().isEmpty());
  }

  /** The visible files, by name. */
  List<String> files() throws IOException {
    try (Stream<Path> list = Files.list(manifests)) {
      return list.map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  /** Of the pods whose names begin so; files are named after their pods. */
  Path file(String beginning) throws IOException {
    return manifests.resolve(
        files().stream()
            .filter(name -> name.startsWith("hotpod-" + beginning))
            .findFirst()
            .orElseThrow());
  }

  static String podName(Path file) {
    return file.getFileName().toString().replace("hotpod-", "").replace(".json", "");
  }

  /** Puts a file that is not the agent's into the directory in one step. */
  void foreign(String name, String text) throws IOException {
    Path aside = manifests.resolve("." + name + ".tmp");
    Files.writeString(aside, text);
    Files.move(aside, manifests.resolve(name));
  }

  /** A pod whose spec is given as JSON with single quotes. */
  static DesiredPod pod(String id, String token, String spec) {
    return pod(id, token, spec, Map.of(), Map.of());
  }

  static DesiredPod pod(
      String id,
      String token,
      String spec,
      Map<String, Map<String, String>> configMaps,
      Map<String, Map<String, String>> secrets) {
    String json =
        ("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'" + id + "'},'spec':" + spec + "}")
            .replace('\'', '"');
    return new DesiredPod(
        id,
        new ModificationToken(token),
        true,
        PodJson.read(json, Pod.class),
        configMaps,
        secrets,
        UpdateStrategy.RECREATE,
        List.of());
  }

  /** One container {@code main} of an image; a grace period of two seconds. */
  static DesiredPod simple(String id, String token, String image) {
    return pod(id, token, spec(image));
  }

  static String spec(String image) {
    return "{'terminationGracePeriodSeconds':2,'restartPolicy':'Always',"
        + "'containers':[{'name':'main','image':'"
        + image
        + "'}]}";
  }

  @Override
  public void close() throws IOException {
    stopRuntime();
    kubelet.close();
    RenderedFiles.delete(root);
    assertThat(machine.violations()).as("rules that the writer broke").isEmpty();
    if (!putsAside) {
      assertThat(machine.putAside()).as("pods added before their name was free").isEmpty();
    }
  }
}
