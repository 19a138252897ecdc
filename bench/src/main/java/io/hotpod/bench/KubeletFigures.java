package io.hotpod.bench;

import io.hotpod.agent.reconcile.Reconciler;
import io.hotpod.agent.runtime.kubelet.KubeletCredentials;
import io.hotpod.agent.runtime.kubelet.KubeletInstance;
import io.hotpod.agent.runtime.kubelet.KubeletRuntime;
import io.hotpod.agent.runtime.kubelet.KubeletSettings;
import io.hotpod.agent.runtime.kubelet.KubeletTimings;
import io.hotpod.agent.runtime.kubelet.KubeletTrust;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodJson;
import io.hotpod.testing.kubelet.Certificates;
import io.hotpod.testing.kubelet.FakeKubelet;
import io.hotpod.testing.kubelet.FakeMachine;
import io.hotpod.testing.kubelet.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Takes the figures of updates on a kubelet, against one that is played with its real delays, and
 * writes them into {@code docs/performance.md}.
 */
final class KubeletFigures {
  private static final String BEGIN = "<!-- kubelet: begin -->";
  private static final String END = "<!-- kubelet: end -->";
  private static final int RUNS = 10;

  private final Path work;
  private final FakeMachine machine = new FakeMachine(new Pace(1, new Random(1)));
  private final Path manifests;

  private KubeletFigures(Path work) throws IOException {
    this.work = work;
    manifests = Files.createDirectory(work.resolve("manifests"));
  }

  /**
   * @param arguments the directory of the project
   */
  public static void main(String[] arguments) throws IOException {
    Path page = Path.of(arguments[0]).resolve("docs/performance.md");
    KubeletFigures figures = new KubeletFigures(Files.createTempDirectory("hotpod-kubelet-bench"));
    String table = "| what | median (least–most) |\n|---|---|\n";
    try (FakeKubelet kubelet = FakeKubelet.start(figures.machine, figures.manifests)) {
      table += "| update of a pod by the agent, old one stopped → new one reported ready | ";
      table += figures.byTheAgent(kubelet) + " |\n";
      table += "| the same by overwriting the file, old one stopped → new one ready | ";
      table += figures.byOverwriting(kubelet) + " |\n";
    }
    System.out.print(table);
    write(page, table);
  }

  private Samples byTheAgent(FakeKubelet kubelet) {
    KubeletRuntime runtime =
        new KubeletRuntime(
            new KubeletSettings(
                manifests,
                kubelet.url(),
                new KubeletCredentials.Anonymous(),
                new KubeletTrust.Fingerprint(Certificates.shared().fingerprint()),
                KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY),
            KubeletTimings.of(KubeletSettings.DEFAULT_FILE_CHECK_FREQUENCY),
            new KubeletInstance("bench", work.resolve("state"), work.resolve("secrets")),
            Clock.systemUTC(),
            new Random(2));
    Samples samples = new Samples();
    try (Reconciler reconciler = new Reconciler(runtime, () -> {})) {
      runtime.start();
      reconciler.start();
      for (int run = 0; run <= RUNS; run++) {
        String token = "run-" + run;
        reconciler.desire(desired(run + 1, token));
        await(
            token,
            () ->
                reconciler.observe().stream()
                    .anyMatch(pod -> pod.ready() && pod.token().value().equals(token)));
        long now = System.nanoTime();
        machine.stoppedAt("agents").ifPresent(stopped -> samples.add((now - stopped) / 1e6));
      }
      reconciler.desire(new DesiredPods(RUNS + 2, java.util.List.of()));
      await("the end", () -> reconciler.observe().isEmpty());
    }
    runtime.close();
    return samples;
  }

  private static DesiredPods desired(long version, String token) {
    return PodJson.read(
        """
        {"version":%d,"pods":[{"id":"agents","token":"%s","run":true,"pod":%s,"configMaps":{},\
        "secrets":{},"updateStrategy":"RECREATE","after":[]}]}
        """
            .formatted(version, token, pod("agents", token)),
        DesiredPods.class);
  }

  private static String pod(String name, String value) {
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s"},"spec":{"restartPolicy":"Always",\
    "terminationGracePeriodSeconds":30,"containers":[{"name":"main","image":"lab.local/runs:1",\
    "imagePullPolicy":"IfNotPresent","env":[{"name":"VALUE","value":"%s"}]}]}}
    """
        .formatted(name, value);
  }

  private Samples byOverwriting(FakeKubelet kubelet) throws IOException {
    Samples samples = new Samples();
    for (int run = 0; run <= RUNS; run++) {
      String before = kubelet.uid("naive-").orElse("");
      Path aside = Files.writeString(manifests.resolve(".naive.json.new"), pod("naive", "" + run));
      Files.move(
          aside,
          manifests.resolve("naive.json"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      await("run " + run, () -> kubelet.isReady("naive-", before));
      long now = System.nanoTime();
      machine.stoppedAt("naive").ifPresent(stopped -> samples.add((now - stopped) / 1e6));
    }
    return samples;
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within a minute: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private static void write(Path page, String table) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(page + " lacks the marks " + BEGIN + " and " + END);
    }
    Path next = page.resolveSibling("performance.md.new");
    Files.writeString(next, text.substring(0, begin) + BEGIN + "\n" + table + text.substring(end));
    Files.move(next, page, StandardCopyOption.REPLACE_EXISTING);
  }
}
