package io.hotpod.agent.runtime.kubelet;

import io.hotpod.agent.reconcile.Reconciler;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The part of an agent that deals with a kubelet, in a process of its own that can be killed. */
final class AgentProcess {
  private AgentProcess() {}

  /**
   * @param arguments directory with everything, URL of the kubelet, its fingerprint
   */
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    KubeletRuntime runtime =
        new KubeletRuntime(
            new KubeletSettings(
                root.resolve("manifests"),
                URI.create(arguments[1]),
                new KubeletCredentials.Anonymous(),
                new KubeletTrust.Fingerprint(arguments[2]),
                KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY),
            KubeletFixture.timings(),
            new KubeletInstance(
                KubeletFixture.INSTANCE, root.resolve("state"), root.resolve("secrets")),
            Clock.systemUTC(),
            new Random());
    Reconciler reconciler = new Reconciler(runtime, () -> {});
    reconciler.desire(
        PodJson.read(Files.readAllBytes(root.resolve("desired.json")), DesiredPods.class));
    runtime.start();
    reconciler.start();
    new CountDownLatch(1).await();
  }

  static Process start(Path root, URI kubelet, String fingerprint) throws IOException {
    List<String> words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AgentProcess.class.getName(),
            root.toString(),
            kubelet.toString(),
            fingerprint);
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(root.resolve("agent.log").toFile()))
        .start();
  }

  static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the process does not end");
    }
  }
}
