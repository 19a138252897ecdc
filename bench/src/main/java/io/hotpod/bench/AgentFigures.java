package io.hotpod.bench;

import io.hotpod.agent.AgentSettings;
import io.hotpod.agent.StandaloneAgent;
import io.hotpod.agent.runtime.podman.service.PodmanService;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Takes the figures of one machine's agent on Podman: how soon a container starts after a change at
 * the server, pods with an init container, and a hundred pods.
 */
final class AgentFigures {
  private static final int RUNS = 10;

  /** New processes that start a hundred pods; each takes most of a minute. */
  private static final int FIRST_RUNS = 5;

  /** Containers started before, so that server and agent have compiled what it takes. */
  private static final int WARM_UP = 30;

  private static final Duration SETTLING = Duration.ofSeconds(15);
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final String LIMITS =
      "[{\"type\":\"nofile\",\"soft\":1024,\"hard\":1024},"
          + "{\"type\":\"nproc\",\"soft\":1024,\"hard\":1024}]";

  private final Path root;
  private final Path work;
  private final Set<String> parts;
  private final Map<String, String> rows = new LinkedHashMap<>();

  private AgentFigures(Path root, Path work, Set<String> parts) {
    this.root = root;
    this.work = work;
    this.parts = parts;
  }

  /**
   * @param arguments the directory of the project, and what to take, of {@code started}, {@code
   *     init}, {@code many}, {@code first} and {@code reconnect}; everything without any. Only then
   *     the page of figures is written
   */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]).toAbsolutePath();
    Path work = Files.createTempDirectory("hotpod-agent-bench");
    Set<String> parts = Set.of(Arrays.copyOfRange(arguments, 1, arguments.length));
    AgentFigures figures = new AgentFigures(root, work, parts);
    try (Programs programs = new Programs(root, work)) {
      figures.take(programs);
    }
    if (figures.wants("first")) {
      figures.firstOfProcess();
    }
    if (figures.wants("reconnect")) {
      figures.reconnect();
    }
    if (parts.isEmpty()) {
      new PerformancePage(root).write("agent figures", figures.rows);
    }
  }

  private void take(Programs programs) throws IOException {
    OneMachine machine = OneMachine.start(programs, root, work);
    Api api = machine.api();
    Libpod libpod = new Libpod(machine.podmanSocket());
    if (wants("started")) {
      started(api, libpod);
    }
    if (wants("init")) {
      withInitContainer(programs, machine);
    }
    if (wants("many")) {
      many(api, machine.agent());
    }
  }

  private boolean wants(String part) {
    return parts.isEmpty() || parts.contains(part);
  }

  /** Told at once: a run takes minutes. */
  private void row(String what, String figure) {
    System.out.println(what + ": " + figure);
    rows.put(what, figure);
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within five minutes: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** From the request until the moment at which Podman says that the container was started. */
  private void started(Api api, Libpod libpod) {
    Samples changed = new Samples();
    Samples bare = new Samples();
    for (int run = -WARM_UP; run < RUNS; run++) {
      String name = "started" + (WARM_UP + run);
      Instant asked = Instant.now();
      Api.Stack stack =
          api.create(name, Templates.pods(OneMachine.INSTANCE, OneMachine.IMAGE, 1, name));
      double through = milliseconds(asked, startOf(libpod, newest(libpod)));
      api.delete(stack);
      String pod = "bare-%d-%d".formatted(ProcessHandle.current().pid(), run);
      double direct = directly(libpod, pod);
      if (run >= 0) {
        changed.add(through);
        bare.add(direct);
      }
    }
    row("change at the server → container started", changed.toString());
    row("the same container by bare libpod calls, same run", bare.toString());
    row("difference of these medians", "%.0f ms".formatted(changed.median() - bare.median()));
  }

  private static double directly(Libpod libpod, String name) {
    Instant asked = Instant.now();
    try {
      libpod.call("POST", "/pods/create", "{\"name\":\"%s\"}".formatted(name));
      libpod.call(
          "POST",
          "/containers/create",
          """
          {"name":"%1$s-main","pod":"%1$s","image":"%2$s","systemd":"false",\
          "command":["sleep","3600"],"env":{"VALUE":"same"},"stop_timeout":0,"r_limits":%3$s}
          """
              .formatted(name, OneMachine.IMAGE, LIMITS));
      libpod.call("POST", "/containers/%s-main/start".formatted(name), "");
      return milliseconds(asked, startOf(libpod, name + "-main"));
    } finally {
      libpod.call("DELETE", "/pods/%s?force=true".formatted(name), "");
    }
  }

  /** The agent's only container. */
  private static String newest(Libpod libpod) {
    JsonNode list =
        libpod.get(
            "/containers/json?filters=%7B%22label%22%3A%5B%22hotpod.io%2Fcontainer%3Dmain%22%5D"
                + "%2C%22status%22%3A%5B%22running%22%5D%7D&last=1");
    return list.path(0).path("Id").stringValue();
  }

  private static Instant startOf(Libpod libpod, String container) {
    String time =
        libpod
            .get("/containers/%s/json".formatted(container))
            .path("State")
            .path("StartedAt")
            .stringValue();
    return OffsetDateTime.parse(time).toInstant();
  }

  private static double milliseconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }

  private void withInitContainer(Programs programs, OneMachine machine) throws IOException {
    Api api = machine.api();
    Samples ours = new Samples();
    for (int run = 0; run <= RUNS; run++) {
      String name = "init" + run;
      Samples into = run == 0 ? new Samples() : ours;
      Api.Stack[] created = new Api.Stack[1];
      into.time(
          () ->
              created[0] = api.create(name, Templates.init(OneMachine.INSTANCE, OneMachine.IMAGE)));
      api.delete(created[0]);
    }
    Path file = work.resolve("init.yaml");
    Files.writeString(file, Templates.initPod(OneMachine.IMAGE));
    String url = "unix://" + machine.podmanSocket();
    Samples played = new Samples();
    int failures = 0;
    for (int run = 0; run < RUNS; run++) {
      long begun = System.nanoTime();
      try {
        programs.run(List.of("podman", "--url", url, "kube", "play", file.toString()));
        played.add((System.nanoTime() - begun) / 1e6);
      } catch (IllegalStateException e) {
        // Podman 4.3 now and then refuses to remove its own init container.
        failures++;
      }
      programs.run(List.of("podman", "pod", "rm", "--force", "--ignore", "bench-init"));
    }
    row("create of a pod with an init container until it is ready", ours.toString());
    row(
        "`podman kube play` of the same pod, same run",
        failures == RUNS ? "it failed each time" : played + ", " + failures + " more failed");
    if (failures < RUNS) {
      row("times faster", "%.0f".formatted(played.median() / Math.max(1, ours.median())));
    }
  }

  /** By an agent that has started many before. */
  private void many(Api api, Process agent) {
    api.delete(new StartOfMany().take(api, agent, "many"));
    StartOfMany warm = new StartOfMany();
    for (int run = 0; run < RUNS; run++) {
      api.delete(warm.take(api, agent, "many" + run));
    }
    rows("agent, start of 100 pods", warm);
  }

  /** Server and agent are new each time, and so is all that they keep. */
  private void firstOfProcess() throws IOException {
    StartOfMany first = new StartOfMany();
    Samples idle = new Samples();
    Samples memory = new Samples();
    for (int run = 0; run < FIRST_RUNS; run++) {
      Path own = Files.createDirectory(work.resolve("first" + run));
      try (Programs programs = new Programs(root, own)) {
        OneMachine machine = OneMachine.start(programs, root, own);
        Api.Stack stack = first.take(machine.api(), machine.agent(), "first");
        LockSupport.parkNanos(SETTLING.toNanos());
        ProcessorTime before = ProcessorTime.of(machine.agent());
        LockSupport.parkNanos(IDLE.toNanos());
        idle.add(ProcessorTime.of(machine.agent()).partSince(before));
        memory.add((double) Programs.residentMebibytes(machine.agent()));
        machine.api().delete(stack);
      }
    }
    rows("agent, start of 100 pods, the first of its process", first);
    row("agent, idle with 100 pods, of one core", idle.inHundredths());
    row("agent resident memory, idle with 100 pods", memory.inMebibytes());
  }

  private void rows(String what, StartOfMany taken) {
    row(what + ", of one core", taken.ofCore.inHundredths());
    row(what + ", of all that ran on the machine meanwhile", taken.ofMachine.inHundredths());
  }

  /** Another run of the agent on the same state, in this process, until its first report. */
  private void reconnect() throws IOException {
    Path state = work.resolve("reconnect");
    try (PodmanService service = PodmanService.start(work.resolve("podman"))) {
      AgentSettings settings =
          AgentSettings.withoutServer("bench-" + ProcessHandle.current().pid(), state)
              .withPodmanSocket(service.socket());
      Set<String> pods = new TreeSet<>();
      try {
        PodReport first = run(settings, desired(StartOfMany.PODS), new Samples());
        first.pods().forEach(pod -> pods.add(pod.name()));
        Samples samples = new Samples();
        Set<String> other = new TreeSet<>();
        for (int run = 0; run < RUNS; run++) {
          other.addAll(containers(run(settings, desired(StartOfMany.PODS), samples)));
        }
        other.removeAll(containers(first));
        row(
            "another run of the agent with 100 pods, until its report has them all ready",
            samples.toString());
        row("containers that it restarted", Integer.toString(other.size()));
      } finally {
        Libpod libpod = new Libpod(service.socket());
        pods.forEach(pod -> libpod.call("DELETE", "/pods/%s?force=true".formatted(pod), ""));
      }
    }
  }

  private static PodReport run(AgentSettings settings, DesiredPods pods, Samples samples) {
    MemorySource source = new MemorySource(pods);
    try (StandaloneAgent agent =
        new StandaloneAgent(
            settings, known -> source, Clock.systemUTC(), RandomGenerator.getDefault())) {
      samples.time(
          () -> {
            start(agent);
            await("all pods", () -> isDone(source.newest(), pods));
          });
      return source.newest().orElseThrow();
    }
  }

  private static void start(StandaloneAgent agent) {
    try {
      agent.start();
    } catch (IOException e) {
      throw new UncheckedIOException("the agent cannot start", e);
    }
  }

  private static boolean isDone(Optional<PodReport> report, DesiredPods pods) {
    return report.isPresent()
        && report.get().desiredVersion() == pods.version()
        && report.get().pods().size() == pods.pods().size()
        && report.get().pods().stream().allMatch(ObservedPod::ready);
  }

  private static Set<String> containers(PodReport report) {
    return report.pods().stream()
        .flatMap(pod -> pod.containers().stream())
        .map(ContainerStatus::containerId)
        .flatMap(Optional::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static DesiredPods desired(int count) {
    String pods =
        IntStream.range(0, count)
            .mapToObj(
                number ->
                    """
                    {"id":"many-%1$d","token":"one","run":true,"configMaps":{},"secrets":{},\
                    "updateStrategy":"RECREATE","after":[],"pod":{"apiVersion":"v1","kind":"Pod",\
                    "metadata":{"name":"many-%1$d"},"spec":{"terminationGracePeriodSeconds":0,\
                    "containers":[{"name":"main","image":"%2$s","command":["sleep","3600"]}]}}}\
                    """
                        .formatted(number, OneMachine.IMAGE))
            .collect(Collectors.joining(","));
    return PodJson.read("{\"version\":1,\"pods\":[%s]}".formatted(pods), DesiredPods.class);
  }
}
