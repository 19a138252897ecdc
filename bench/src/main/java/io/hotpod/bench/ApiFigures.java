package io.hotpod.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the API bears load: the packaged server as a process of its own, driven over plain
 * connections from this one on the same machine.
 */
final class ApiFigures {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int CONNECTIONS = 8;
  private static final int STREAMS = 2000;
  private static final int MANY = 10_000;
  private static final int RATE = 100;
  private static final int SECONDS = 60;

  /** Until the server has compiled what every request runs: its rate still grows for 15 s. */
  private static final Duration FIRST_WARM_UP = Duration.ofSeconds(20);

  private static final Duration WARM_UP = Duration.ofSeconds(6);
  private static final Duration STEADY_WARM_UP = Duration.ofSeconds(2);
  private static final Duration MEASURED = Duration.ofSeconds(8);

  private final Path root;
  private final Path work;
  private final Map<String, String> rows = new LinkedHashMap<>();

  private ApiFigures(Path root, Path work) {
    this.root = root;
    this.work = work;
  }

  /**
   * @param arguments the directory of the project; then, to print one part alone and write nothing,
   *     {@code streams}, {@code reads}, {@code writes}, or {@code load} for the last two
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path root = Path.of(arguments[0]).toAbsolutePath();
    Path work = Files.createTempDirectory("hotpod-bench-api");
    ApiFigures figures = new ApiFigures(root, work);
    switch (arguments.length > 1 ? arguments[1] : "") {
      case "streams" -> figures.streams();
      case "reads" -> figures.load(true, false);
      case "writes" -> figures.load(false, true);
      case "load" -> figures.load(true, true);
      default -> {
        figures.streams();
        figures.load(true, true);
        new PerformancePage(root).write("api figures", figures.rows);
        return;
      }
    }
    figures.rows.forEach((what, figure) -> System.out.println(what + ": " + figure));
  }

  /** A server that runs. */
  private record Server(Programs programs, Process process, URI uri) implements AutoCloseable {
    @Override
    public void close() {
      programs.close();
    }
  }

  private Server start(String name) {
    Programs programs = new Programs(root, work);
    int port = Programs.freePort();
    URI uri = URI.create("http://127.0.0.1:" + port);
    Process process =
        programs.start(
            name,
            List.of(
                root.resolve("hotpod").toString(),
                "server",
                "--listen",
                "127.0.0.1:" + port,
                "--state",
                work.resolve(name).toString()));
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!answers(uri)) {
      if (System.nanoTime() > end) {
        programs.close();
        throw new IllegalStateException("the server does not answer within a minute");
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    return new Server(programs, process, uri);
  }

  private static boolean answers(URI uri) {
    try (LoadConnection connection = new LoadConnection(uri)) {
      connection.exchange(connection.request("GET", "/stacks", ""));
      return true;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private void streams() {
    List<LoadConnection> open = new ArrayList<>();
    try (Server server = start("streams")) {
      for (int index = 0; index < STREAMS; index++) {
        LoadConnection connection = new LoadConnection(server.uri());
        open.add(connection);
        connection.openStream("/events/stream");
      }
      // Two heartbeats of each.
      LockSupport.parkNanos(Duration.ofSeconds(35).toNanos());
      rows.put(
          "server resident memory with %,d idle streams of events".formatted(STREAMS),
          Programs.residentMebibytes(server.process()) + " MiB");
    } finally {
      open.forEach(LoadConnection::close);
    }
  }

  private void load(boolean reads, boolean writes) throws InterruptedException, ExecutionException {
    try (Server server = start("load")) {
      String ten = Templates.independent(10);
      List<String> paths = new ArrayList<>();
      try (LoadConnection connection = new LoadConnection(server.uri())) {
        for (int index = 0; index < 50; index++) {
          paths.add(create(connection, "stored" + index, ten));
        }
      }
      awaitComplete(server.uri(), 50);
      if (reads) {
        reads(server.uri(), paths);
      }
      if (writes) {
        creates(server.uri(), ten);
        pages(server.uri());
      }
      rows.put(
          "server resident memory after all of this",
          Programs.residentMebibytes(server.process()) + " MiB");
    }
  }

  private void reads(URI server, List<String> paths) {
    get(server, "GET stack", 5_000, paths, FIRST_WARM_UP);
    get(server, "list of 50 stacks", 1_000, List.of("/stacks"), WARM_UP);
    get(
        server,
        "GET resources of a stack (10)",
        2_000,
        paths.stream().map(path -> path + "/resources").toList(),
        WARM_UP);
    get(
        server,
        "GET events of a stack",
        2_000,
        paths.stream().map(path -> path + "/events").toList(),
        WARM_UP);
  }

  private static String create(LoadConnection connection, String name, String template) {
    JsonNode answer =
        JSON.readTree(
            connection.exchange(connection.request("POST", "/stacks", body(name, template))));
    return "/stacks/" + name + "/" + answer.path("stack").path("id").asString("");
  }

  private static String body(String name, String template) {
    return JSON.writeValueAsString(Map.of("stack_name", name, "template", template));
  }

  private static void awaitComplete(URI server, int count) {
    try (LoadConnection connection = new LoadConnection(server)) {
      byte[] request =
          connection.request("GET", "/stacks?with_count=true&limit=1&status=CREATE_COMPLETE", "");
      long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      while (JSON.readTree(connection.exchange(request)).path("count").asInt(0) < count) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("not all of " + count + " stacks are complete");
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  /**
   * The same requests twice: at an even pace, for what one of them takes, and as fast as answers
   * come, for how many there can be. Both after a warm-up, in which the server compiles what it
   * runs.
   */
  private void get(URI server, String what, int perSecond, List<String> paths, Duration warmUp) {
    List<byte[]> requests = requests(server, paths);
    try (LoadLoop loop = new LoadLoop(server, CONNECTIONS)) {
      Latencies _ = loop.flatOut(requests, warmUp);
      Latencies fast = loop.flatOut(requests, MEASURED);
      Latencies _ = loop.steady(requests, perSecond, STEADY_WARM_UP);
      Latencies steady = loop.steady(requests, perSecond, MEASURED);
      rows.put(
          "%s, %d connections, %,d/s".formatted(what, CONNECTIONS, perSecond),
          steady + ", from the moment each was due");
      rows.put(
          "%s, %d connections that ask without a pause".formatted(what, CONNECTIONS),
          "%s, %s".formatted(rate(fast.size(), MEASURED.toSeconds()), fast));
    }
  }

  private static List<byte[]> requests(URI server, List<String> paths) {
    try (LoadConnection connection = new LoadConnection(server)) {
      return paths.stream().map(path -> connection.request("GET", path, "")).toList();
    }
  }

  private static String rate(int requests, long seconds) {
    return String.format(Locale.ROOT, "%,d/s", requests / seconds);
  }

  /** Requests come at their time whether or not those before have been answered. */
  private void creates(URI server, String template)
      throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    long begin = System.nanoTime();
    List<Future<Latencies>> creating = new ArrayList<>();
    Latencies all = new Latencies();
    try (ExecutorService threads = Executors.newFixedThreadPool(2 * CONNECTIONS)) {
      for (int index = 0; index < 2 * CONNECTIONS; index++) {
        creating.add(threads.submit(() -> createAlone(server, template, next, begin)));
      }
      for (Future<Latencies> each : creating) {
        all.addAll(each.get());
      }
    }
    long answered = System.nanoTime();
    awaitComplete(server, 50 + RATE * SECONDS);
    rows.put(
        "POST of ten-resource stacks, %d each second for %d s".formatted(RATE, SECONDS),
        "%s, from the moment each was due".formatted(all));
    rows.put(
        "the last of these stacks complete, after the last answer",
        String.format(Locale.ROOT, "%.0f ms", (System.nanoTime() - answered) / 1e6));
  }

  private static Latencies createAlone(
      URI server, String template, AtomicInteger next, long begin) {
    Latencies latencies = new Latencies();
    try (LoadConnection connection = new LoadConnection(server)) {
      for (int number = next.getAndIncrement();
          number < RATE * SECONDS;
          number = next.getAndIncrement()) {
        long due = begin + number * (1_000_000_000L / RATE);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        create(connection, "load" + number, template);
        latencies.addNanos(System.nanoTime() - due);
      }
    }
    return latencies;
  }

  private void pages(URI server) throws InterruptedException, ExecutionException {
    int present = 50 + RATE * SECONDS;
    AtomicInteger next = new AtomicInteger(present);
    List<Future<?>> filling = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int index = 0; index < CONNECTIONS; index++) {
        filling.add(threads.submit(() -> fill(server, next)));
      }
      for (Future<?> each : filling) {
        each.get();
      }
    }
    awaitComplete(server, MANY);
    walk(server);
    rows.put("page of 100 in a list of 10,000 stacks, all pages in turn", walk(server).toString());
  }

  private static void fill(URI server, AtomicInteger next) {
    try (LoadConnection connection = new LoadConnection(server)) {
      for (int number = next.getAndIncrement(); number < MANY; number = next.getAndIncrement()) {
        create(connection, "more" + number, "heat_template_version: 2018-08-31");
      }
    }
  }

  private static Latencies walk(URI server) {
    Latencies latencies = new Latencies();
    try (LoadConnection connection = new LoadConnection(server)) {
      String marker = "";
      int seen = 0;
      while (seen < MANY) {
        long start = System.nanoTime();
        JsonNode stacks =
            JSON.readTree(
                    connection.exchange(
                        connection.request("GET", "/stacks?limit=100&marker=" + marker, "")))
                .path("stacks");
        latencies.addNanos(System.nanoTime() - start);
        if (stacks.isEmpty()) {
          throw new IllegalStateException("the pages end after " + seen + " stacks");
        }
        seen += stacks.size();
        marker = stacks.get(stacks.size() - 1).path("id").asString("");
      }
    }
    return latencies;
  }
}
