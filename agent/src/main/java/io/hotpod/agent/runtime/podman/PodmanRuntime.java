package io.hotpod.agent.runtime.podman;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.hotpod.agent.runtime.ExecLine;
import io.hotpod.agent.runtime.ExecQuery;
import io.hotpod.agent.runtime.ExecUnavailableException;
import io.hotpod.agent.runtime.HostAddress;
import io.hotpod.agent.runtime.LogQuery;
import io.hotpod.agent.runtime.LogsUnavailableException;
import io.hotpod.agent.runtime.Loop;
import io.hotpod.agent.runtime.Machine;
import io.hotpod.agent.runtime.PodKey;
import io.hotpod.agent.runtime.PodRuntime;
import io.hotpod.agent.runtime.RenderedFiles;
import io.hotpod.agent.runtime.RuntimeHealth;
import io.hotpod.agent.runtime.Shortfall;
import io.hotpod.agent.runtime.podman.image.AttemptFailedException;
import io.hotpod.agent.runtime.podman.image.ImageArchives;
import io.hotpod.agent.runtime.podman.image.ImageCleaner;
import io.hotpod.agent.runtime.podman.image.ImageDisk;
import io.hotpod.agent.runtime.podman.image.ImageLedger;
import io.hotpod.agent.runtime.podman.image.ImagePolicy;
import io.hotpod.agent.runtime.podman.image.Images;
import io.hotpod.agent.runtime.podman.image.NamedImages;
import io.hotpod.agent.runtime.podman.image.RegistryCredentials;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.agent.runtime.podman.libpod.Names;
import io.hotpod.agent.runtime.podman.libpod.NoSuchContainerException;
import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.agent.runtime.podman.libpod.PodmanEvent;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.agent.runtime.podman.service.ProcessLimits;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pods on Podman. */
public final class PodmanRuntime implements PodRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(PodmanRuntime.class);
  private static final String UNPULLED = "ErrImagePull";
  private static final Duration RELIST = Duration.ofSeconds(30);

  private final PodmanSettings settings;
  private final Clock clock;
  private final Podman podman;
  private final PodSite site;
  private final PodmanConnection connection;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Tracked> pods = new TreeMap<>();
  private volatile Optional<Set<String>> desiredImages = Optional.empty();
  private final AtomicBoolean listed = new AtomicBoolean();
  private final Thread relist;
  private final Thread cleaning;
  private final Thread naming;

  public PodmanRuntime(PodmanSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    podman = new Podman(settings.socket());
    Path volumes = settings.stateDirectory().resolve("volumes");
    ImageLedger ledger = new ImageLedger(settings.stateDirectory().resolve("images.json"));
    site =
        new PodSite(
            podman,
            settings.instanceId(),
            settings.nodeName(),
            HostAddress.find(),
            new Images(podman, ledger, new ImageArchives(settings.imageArchives()), clock),
            new NamedImages(podman),
            new Exits(),
            new Availability(),
            new VolumeStore(volumes, settings.secretDirectory()),
            ProcessLimits.tight(),
            Machine.here());
    connection = new PodmanConnection(podman, site.availability(), new Events());
    relist = Loop.unstarted("podman-relist", this::relistOnce);
    naming = Loop.unstarted("podman-image-names", this::nameImages);
    ImageCleaner cleaner =
        new ImageCleaner(
            podman, ledger, ImagePolicy.USUAL, this::neededImages, new ImageDisk(podman), clock);
    cleaning = Loop.unstarted("podman-images", cleaner::cleanLater);
  }

  @Override
  public void start() {
    connection.start();
    relist.start();
    cleaning.start();
    naming.start();
  }

  @Override
  public RuntimeHealth health() {
    return new RuntimeHealth("podman", connection.version(), connection.problem());
  }

  @Override
  public Optional<List<ObservedPod>> observe() {
    if (!listed.get()) {
      return Optional.empty();
    }
    List<ObservedPod> observed = new ArrayList<>();
    for (Tracked tracked : snapshot()) {
      observed.add(tracked.observed());
    }
    return Optional.of(observed);
  }

  @Override
  public Optional<HostPorts> hostPorts(String podId, ModificationToken token) {
    lock.lock();
    try {
      return Optional.ofNullable(pods.get(slot(new PodKey(podId, token))))
          .flatMap(Tracked::hostPorts);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void desire(DesiredPods set) {
    Set<String> images = new TreeSet<>();
    for (DesiredPod pod : set.pods()) {
      // Nobody has looked yet whether each of them is a pod at all.
      if (pod.pod().getSpec() != null) {
        containers(pod).stream()
            .filter(Objects::nonNull)
            .map(Container::getImage)
            .filter(Objects::nonNull)
            .forEach(images::add);
      }
    }
    desiredImages = Optional.of(images);
  }

  @Override
  public Optional<Shortfall> prepare(DesiredPod pod) throws InterruptedException {
    Optional<Shortfall> shortfall = Optional.empty();
    RegistryCredentials credentials = RegistryCredentials.of(pod);
    for (Container container : containers(pod)) {
      try {
        site.images().fetch(container, credentials);
      } catch (AttemptFailedException | PodmanException | PodmanUnavailableException e) {
        LOG.info("image {} cannot be fetched ahead: {}", container.getImage(), e.getMessage());
        if (shortfall.isEmpty()) {
          String reason = e instanceof AttemptFailedException failed ? failed.reason() : UNPULLED;
          shortfall = Optional.of(new Shortfall(reason, String.valueOf(e.getMessage())));
        }
      }
    }
    return shortfall;
  }

  @Override
  public void apply(DesiredPod pod) {
    PodKey key = new PodKey(pod.id(), pod.token());
    lock.lock();
    try {
      Tracked known = pods.get(slot(key));
      if (known != null && (known.terminating() || known.keeper().isPresent())) {
        known.keeper().ifPresent(keeper -> keeper.update(pod));
        return;
      }
      PodMemory memory = new PodMemory(memoryFile(Names.pod(settings.instanceId(), pod)));
      Optional<PodView> found = known == null ? Optional.empty() : known.found();
      PodKeeper keeper = new PodKeeper(site, pod, memory, clock, found, this::changed);
      pods.put(
          slot(key),
          new Tracked(key, keeper.podName(), Optional.empty(), Optional.of(keeper), false));
      keeper.start();
    } finally {
      lock.unlock();
    }
    changed();
  }

  @Override
  public void remove(String podId, ModificationToken token) throws InterruptedException {
    PodKey key = new PodKey(podId, token);
    Optional<Tracked> known = leave(key);
    if (known.isEmpty()) {
      return;
    }
    Tracked tracked = known.get();
    if (tracked.keeper().isPresent()) {
      tracked.keeper().get().terminating();
      tracked.keeper().get().stop();
    }
    changed();
    if (tracked.keeper().isPresent()) {
      tracked.keeper().get().stopContainers();
    } else {
      PodStop.stop(site, tracked.name(), tracked.grace());
    }
    Teardown.remove(podman, tracked.name(), tracked.grace().orElse(Duration.ZERO));
    forgetFiles(tracked);
    lock.lock();
    try {
      pods.remove(slot(key));
    } finally {
      lock.unlock();
    }
    changed();
  }

  private Optional<Tracked> leave(PodKey key) {
    lock.lock();
    try {
      return Optional.ofNullable(pods.computeIfPresent(slot(key), (slot, was) -> was.leaving()));
    } finally {
      lock.unlock();
    }
  }

  private void forgetFiles(Tracked tracked) throws InterruptedException {
    new PodMemory(memoryFile(tracked.name())).forget();
    for (Path store : List.of(site.volumes().disk(), site.volumes().memory())) {
      try {
        MemoryMounts.unmountBelow(store.resolve(tracked.name()));
        delete(store.resolve(tracked.name()));
      } catch (IOException e) {
        LOG.warn("the volumes of pod {} cannot be removed: {}", tracked.name(), e.getMessage());
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try {
      RenderedFiles.delete(directory);
    } catch (FileSystemException e) {
      if (!UserNamespace.isOurs()) {
        throw e;
      }
      UserNamespace.delete(directory);
    }
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void logs(LogQuery query, OutputStream output) throws IOException, InterruptedException {
    try {
      String newest =
          newest(query.podId(), query.container())
              .orElseThrow(
                  () ->
                      new LogsUnavailableException(
                          "the container of pod "
                              + query.podId()
                              + " was not started yet, or nothing is left of it"));
      podman.logs(newest, query.tail(), query.follow(), output);
    } catch (NoSuchContainerException | PodmanException | PodmanUnavailableException e) {
      throw new LogsUnavailableException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public int exec(ExecQuery query, ExecLine line) throws IOException, InterruptedException {
    try {
      String newest =
          newest(query.podId(), query.container())
              .orElseThrow(
                  () ->
                      new ExecUnavailableException(
                          "the container of pod "
                              + query.podId()
                              + " was not started yet, or nothing is left of it"));
      return new PodmanExec(podman, newest, query, line).run();
    } catch (NoSuchContainerException | PodmanException | PodmanUnavailableException e) {
      throw new ExecUnavailableException(String.valueOf(e.getMessage()));
    }
  }

  /** Podman's id of the newest attempt at a container; empty when there was none. */
  private Optional<String> newest(String podId, String asked) throws InterruptedException {
    Tracked tracked =
        snapshot().stream()
            .filter(one -> one.key().podId().equals(podId))
            .reduce((first, second) -> first.terminating() ? second : first)
            .orElseThrow(
                () ->
                    new NoSuchContainerException(
                        "there is no pod "
                            + podId
                            + " here; it is suspended or was not started yet"));
    String container = containerName(tracked, asked);
    return podman.containersOf(tracked.name()).entrySet().stream()
        .filter(entry -> container.equals(entry.getValue().get(Labels.CONTAINER)))
        .max(
            Comparator.comparingInt(
                entry -> Attempts.read(entry.getValue().getOrDefault(Labels.ATTEMPT, "0"))))
        .map(Map.Entry::getKey);
  }

  private static String containerName(Tracked tracked, String asked) {
    if (tracked.keeper().isEmpty()) {
      return asked;
    }
    PodSpec spec = tracked.keeper().get().desired().pod().getSpec();
    List<String> names = new ArrayList<>();
    spec.getContainers().forEach(container -> names.add(container.getName()));
    if (asked.isEmpty()) {
      return names.getFirst();
    }
    spec.getInitContainers().forEach(container -> names.add(container.getName()));
    if (!names.contains(asked)) {
      throw new NoSuchContainerException(
          "pod " + tracked.key().podId() + " has no container " + asked + "; it has " + names);
    }
    return asked;
  }

  @Override
  public void close() {
    relist.interrupt();
    cleaning.interrupt();
    naming.interrupt();
    connection.close();
    for (Tracked tracked : snapshot()) {
      if (tracked.keeper().isPresent()) {
        try {
          tracked.keeper().get().stop();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
    podman.close();
  }

  private Path memoryFile(String podName) {
    return settings.stateDirectory().resolve("pods").resolve(podName + ".json");
  }

  private List<Tracked> snapshot() {
    lock.lock();
    try {
      return List.copyOf(pods.values());
    } finally {
      lock.unlock();
    }
  }

  /** Empty as long as nobody knows what should be. */
  Optional<Set<String>> neededImages() {
    if (desiredImages.isEmpty()) {
      return Optional.empty();
    }
    Set<String> images = new TreeSet<>(desiredImages.get());
    images.addAll(keptImages());
    return Optional.of(images);
  }

  private static List<Container> containers(DesiredPod pod) {
    PodSpec spec = pod.pod().getSpec();
    return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream()).toList();
  }

  private static String slot(PodKey key) {
    return key.podId() + "\n" + key.token().value();
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  /**
   * Takes in pods of this instance that are in Podman and not known here, and lets go of others.
   */
  private void takeInventory() throws InterruptedException {
    site.exits().onlyRunning(listPods());
  }

  /** Returns the ids of the containers that run in them. */
  private Set<String> listPods() throws InterruptedException {
    List<PodView> found = podman.pods(Labels.INSTANCE, settings.instanceId());
    lock.lock();
    try {
      for (PodView pod : found) {
        pod.key()
            .ifPresent(
                key ->
                    pods.merge(
                        slot(key),
                        new Tracked(key, pod.name(), Optional.of(pod), Optional.empty(), false),
                        (known, listed) -> known.listed(pod)));
      }
      List<String> names = found.stream().map(PodView::name).toList();
      pods.values()
          .removeIf(
              tracked ->
                  tracked.keeper().isEmpty()
                      && !tracked.terminating()
                      && !names.contains(tracked.name()));
    } finally {
      lock.unlock();
    }
    listed.set(true);
    changed();
    return found.stream().flatMap(pod -> pod.runningIds().stream()).collect(toUnmodifiableSet());
  }

  private void relistOnce() throws InterruptedException {
    Thread.sleep(RELIST);
    if (site.availability().isUp()) {
      try {
        takeInventory();
      } catch (PodmanException | PodmanUnavailableException e) {
        LOG.debug("{}", e.getMessage());
      }
    }
  }

  private void nameImages() throws InterruptedException {
    if (site.namedImages().keep(this::keptImages)) {
      snapshot().forEach(tracked -> tracked.keeper().ifPresent(PodKeeper::imagesNamed));
    }
  }

  private Set<String> keptImages() {
    Set<String> images = new TreeSet<>();
    for (Tracked tracked : snapshot()) {
      if (tracked.keeper().isPresent()) {
        containers(tracked.keeper().get().desired())
            .forEach(container -> images.add(container.getImage()));
      }
    }
    return images;
  }

  /** What Podman tells. */
  private final class Events implements PodmanConnection.Listener {
    @Override
    public void connected() throws InterruptedException {
      takeInventory();
      site.exits().everyone();
      site.namedImages().changed();
    }

    @Override
    public void event(PodmanEvent event) {
      if (event.action().equals("died") || event.action().equals("remove")) {
        site.exits().happened(event.id());
      }
      if (event.type().equals("image")) {
        site.namedImages().changed();
      }
    }

    @Override
    public void changed() {
      PodmanRuntime.this.changed();
    }
  }
}
