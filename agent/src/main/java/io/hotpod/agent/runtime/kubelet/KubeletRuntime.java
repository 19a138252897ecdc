package io.hotpod.agent.runtime.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.runtime.ExecLine;
import io.hotpod.agent.runtime.ExecQuery;
import io.hotpod.agent.runtime.ExecUnavailableException;
import io.hotpod.agent.runtime.LogQuery;
import io.hotpod.agent.runtime.LogsUnavailableException;
import io.hotpod.agent.runtime.PodKey;
import io.hotpod.agent.runtime.PodRuntime;
import io.hotpod.agent.runtime.RuntimeHealth;
import io.hotpod.agent.runtime.Threads;
import io.hotpod.document.DocumentException;
import io.hotpod.document.Nodes;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.exec.ExecFrame;
import io.hotpod.pod.manifest.ManifestContext;
import io.hotpod.pod.manifest.PodManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pods on a kubelet. The manifest directory is the memory: a file there is a pod that is wanted,
 * and what was begun to be removed is written down beside the agent's state.
 */
public final class KubeletRuntime implements PodRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(KubeletRuntime.class);

  /** A kubelet tells nothing of a command before its end, and has no way to end it. */
  private static final Duration LONGEST_COMMAND = Duration.ofMinutes(10);

  private final KubeletSite site;
  private final KubeletApi api;
  private final KubeletWatch watch;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  // In the order in which they came.
  private final Map<PodKey, KubeletPod> pods = new LinkedHashMap<>();
  private final List<Thread> finishing = new ArrayList<>();
  private volatile boolean listed;
  private volatile String directoryProblem = "";

  public KubeletRuntime(
      KubeletSettings settings,
      KubeletTimings timings,
      KubeletInstance instance,
      Clock clock,
      RandomGenerator random) {
    site = new KubeletSite(settings.manifests(), timings, instance, clock, random);
    api = new KubeletApi(settings, timings.deadline());
    watch = new KubeletWatch(api, timings, this::follow, this::changed);
  }

  @Override
  public void start() {
    watch.start();
  }

  @Override
  public RuntimeHealth health() {
    String problem = watch.problem();
    return new RuntimeHealth(
        "kubelet", watch.version(), problem.isEmpty() ? directoryProblem : problem);
  }

  @Override
  public Optional<List<ObservedPod>> observe() {
    return listed
        ? Optional.of(snapshot().stream().map(KubeletPod::observed).toList())
        : Optional.empty();
  }

  @Override
  public Optional<String> refusal(DesiredPod pod) {
    try {
      JsonNode manifest = PodJson.toTree(pod.pod());
      // Whoever desires it has written this one, which a person may not.
      if (manifest.path("metadata").path("annotations") instanceof ObjectNode annotations) {
        annotations.remove(ModificationToken.ANNOTATION);
      }
      PodManifest.read(Nodes.of(manifest), ManifestContext.of(pod.configMaps(), pod.secrets()));
      return ApiReferences.refusal(pod.pod().getSpec());
    } catch (DocumentException e) {
      return Optional.of(e.problems().getFirst().toString());
    }
  }

  @Override
  public Optional<HostPorts> hostPorts(String podId, ModificationToken token) {
    return find(new PodKey(podId, token)).flatMap(KubeletPod::hostPorts);
  }

  @Override
  public void apply(DesiredPod desired) {
    PodKey key = new PodKey(desired.id(), desired.token());
    KubeletPod pod;
    lock.lock();
    try {
      pod =
          pods.computeIfAbsent(
              key, fresh -> KubeletPod.wanted(fresh, freeName(desired), site.timings()));
    } finally {
      lock.unlock();
    }
    pod.desire(
        desired,
        Thread.ofVirtual()
            .name("files-" + pod.name())
            .unstarted(new FileCatchUp(site, pod, this::changed)));
    Thread starter =
        Thread.ofVirtual()
            .name("pod-" + pod.name())
            .unstarted(new PodStarter(site, watch, pod, this::changed));
    if (pod.keep(starter)) {
      changed();
    }
  }

  private String freeName(DesiredPod desired) {
    Set<String> taken = new HashSet<>();
    pods.values().forEach(pod -> taken.add(pod.name()));
    return StaticPodName.of(site.instanceId(), desired, taken::contains);
  }

  @Override
  public void remove(String podId, ModificationToken token) throws InterruptedException {
    Optional<KubeletPod> known = find(new PodKey(podId, token));
    if (known.isEmpty()) {
      return;
    }
    KubeletPod pod = known.get();
    pod.leave();
    changed();
    try {
      if (pod.file().isPresent()) {
        Removal removal = Removal.of(pod.file().get());
        site.removals().begin(removal);
        finish(removal);
      } else {
        // Nothing was written, but its files may have been rendered.
        site.volumes().remove(pod.name(), token);
        forget(pod.key());
      }
    } catch (IOException e) {
      pod.stays("it cannot be removed: " + e.getMessage() + "; this is tried again until it works");
      changed();
      throw new RemovalFailedException(pod.name(), e);
    }
  }

  /** From whatever point an earlier attempt came to. */
  private void finish(Removal removal) throws IOException, InterruptedException {
    site.directory().delete(removal.name());
    new Departure(site, watch, removal).await();
    site.volumes().remove(removal.name(), removal.key().token());
    site.removals().end(removal);
    forget(removal.key());
  }

  private void forget(PodKey key) {
    lock.lock();
    try {
      pods.remove(key);
    } finally {
      lock.unlock();
    }
    changed();
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  /** What the kubelet and its directory say now. By one thread. */
  private void follow(KubeletView view) {
    try {
      long looked = System.nanoTime();
      if (!listed) {
        resume();
      }
      boolean different = compare(site.directory().own(), looked);
      directoryProblem("");
      Instant now = site.clock().instant();
      List<KubeletPod> all = snapshot();
      for (int index = 0; index < all.size(); index++) {
        KubeletPod pod = all.get(index);
        boolean beside = all.subList(0, index).stream().anyMatch(one -> one.standsBeside(pod));
        different |= pod.follow(view, site.directory(), beside, site.hostIp(), now);
      }
      if (!listed || different) {
        listed = true;
        changed();
      }
    } catch (NoSuchFileException e) {
      directoryProblem(
          "the manifest directory "
              + site.directory().path()
              + " is not there; make it, or name the kubelet's staticPodPath");
    } catch (IOException e) {
      directoryProblem(
          "the manifest directory "
              + site.directory().path()
              + " cannot be read: "
              + e.getMessage());
    }
  }

  private void directoryProblem(String problem) {
    if (!problem.equals(directoryProblem)) {
      directoryProblem = problem;
      if (!problem.isEmpty()) {
        LOG.warn("{}", problem);
      }
      changed();
    }
  }

  /** Goes on with what an earlier run left half done. */
  private void resume() throws IOException {
    site.directory().tidy(site.clock());
    Set<String> names = new HashSet<>(site.directory().own().keySet());
    for (Removal removal : site.removals().unfinished()) {
      names.add(removal.name());
      lock.lock();
      try {
        if (pods.putIfAbsent(removal.key(), KubeletPod.leaving(removal, site.timings())) == null) {
          Thread thread =
              Thread.ofVirtual().name("remove-" + removal.name()).start(() -> finishLater(removal));
          finishing.add(thread);
        }
      } finally {
        lock.unlock();
      }
    }
    site.volumes().keepOnly(names);
  }

  private void finishLater(Removal removal) {
    try {
      for (; ; ) {
        try {
          finish(removal);
          return;
        } catch (IOException | RuntimeException e) {
          LOG.warn("pod {}: cannot be removed, trying again: {}", removal.name(), e.getMessage());
          Thread.sleep(site.timings().retryAfter());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("removing pod {} was left to the next run", removal.name());
    }
  }

  /**
   * Takes in files that nobody here wrote, and lets go of pods whose file somebody took away.
   *
   * @param looked when the files were listed, by {@link System#nanoTime}
   */
  private boolean compare(Map<String, StaticPodFile> files, long looked) {
    boolean different = false;
    lock.lock();
    try {
      Set<String> known = new HashSet<>();
      pods.values().forEach(pod -> known.add(pod.name()));
      // Of two contents of a deployment the older one is the first.
      Map<StaticPodFile, Instant> found = new LinkedHashMap<>();
      for (StaticPodFile file : files.values()) {
        if (!known.contains(file.name()) && !pods.containsKey(file.key())) {
          found.put(file, site.directory().writtenAt(file).orElse(Instant.EPOCH));
        }
      }
      for (Map.Entry<StaticPodFile, Instant> one :
          found.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList()) {
        StaticPodFile file = one.getKey();
        pods.put(
            file.key(), KubeletPod.found(file, site.directory().writtenAt(file), site.timings()));
        different = true;
      }
      for (KubeletPod pod : List.copyOf(pods.values())) {
        if (pod.isWritten() && !files.containsKey(pod.name()) && pod.wasWrittenBefore(looked)) {
          LOG.warn("pod {}: somebody took its file away", pod.name());
          pods.remove(pod.key());
          different = true;
        }
      }
    } finally {
      lock.unlock();
    }
    return different;
  }

  private Optional<KubeletPod> find(PodKey key) {
    lock.lock();
    try {
      return Optional.ofNullable(pods.get(key));
    } finally {
      lock.unlock();
    }
  }

  private List<KubeletPod> snapshot() {
    lock.lock();
    try {
      return List.copyOf(pods.values());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int exec(ExecQuery query, ExecLine line) throws IOException, InterruptedException {
    if (query.input() || query.terminal()) {
      throw new ExecUnavailableException(
          "its pods are run by a kubelet, which runs commands without input and without a terminal"
              + " only; on the machine itself, crictl exec does more");
    }
    for (String word : query.command()) {
      if (word.isEmpty() || word.chars().anyMatch(Character::isWhitespace)) {
        throw new ExecUnavailableException(
            "its pods are run by a kubelet, which splits a command at white space, so no word of it"
                + " can have any");
      }
    }
    try {
      String path = path(query.podId(), query.container());
      line.tell(ExecFrame.of(ExecFrame.Kind.STARTED));
      KubeletApi.RunResult result = api.run(path, query.command(), LONGEST_COMMAND);
      tell(line, ExecFrame.Kind.OUTPUT, result.output());
      tell(line, ExecFrame.Kind.ERROR, result.error());
      return result.exitCode();
    } catch (LogsUnavailableException | KubeletUnavailableException e) {
      throw new ExecUnavailableException(String.valueOf(e.getMessage()));
    }
  }

  private static void tell(ExecLine line, ExecFrame.Kind kind, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    for (int at = 0; at < bytes.length; at += ExecFrame.LONGEST) {
      line.tell(ExecFrame.of(kind, bytes, at, Math.min(ExecFrame.LONGEST, bytes.length - at)));
    }
  }

  @Override
  public void logs(LogQuery query, OutputStream output) throws IOException, InterruptedException {
    try {
      api.logs(path(query.podId(), query.container()), query.tail(), query.follow(), output);
    } catch (KubeletUnavailableException e) {
      throw new LogsUnavailableException(e.getMessage());
    }
  }

  /** Namespace, the kubelet's name of the pod, and the container. */
  private String path(String podId, String asked) {
    KubeletPod pod =
        snapshot().stream()
            .filter(one -> one.key().podId().equals(podId))
            .reduce((first, second) -> first.isGoing() ? second : first)
            .orElseThrow(() -> new LogsUnavailableException("there is no pod " + podId + " here"));
    Optional<StaticPodFile> file = pod.file();
    Optional<JsonNode> shown =
        file.flatMap(
            own ->
                watch
                    .newest()
                    .flatMap(view -> view.pods().stream().filter(own::isShownAs).findFirst()));
    if (file.isEmpty() || shown.isEmpty()) {
      throw new LogsUnavailableException("the kubelet does not show pod " + podId);
    }
    String container = container(podId, asked, file.get().manifest().path("spec"));
    String name = shown.get().path("metadata").path("name").asString("");
    return file.get().namespace() + "/" + name + "/" + container;
  }

  private static String container(String podId, String asked, JsonNode spec) {
    List<String> names = new ArrayList<>();
    spec.path("containers").forEach(one -> names.add(one.path("name").asString("")));
    if (asked.isEmpty()) {
      return names.getFirst();
    }
    spec.path("initContainers").forEach(one -> names.add(one.path("name").asString("")));
    if (!names.contains(asked)) {
      throw new LogsUnavailableException(
          "pod " + podId + " has no container " + asked + "; it has " + names);
    }
    return asked;
  }

  @Override
  public void close() {
    List<Thread> threads;
    lock.lock();
    try {
      threads = List.copyOf(finishing);
    } finally {
      lock.unlock();
    }
    threads.forEach(Thread::interrupt);
    threads.forEach(Threads::end);
    for (KubeletPod pod : snapshot()) {
      try {
        pod.stop();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    watch.close();
  }
}
