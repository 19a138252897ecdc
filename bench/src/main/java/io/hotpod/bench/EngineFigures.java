package io.hotpod.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.store.DatabaseSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the engine does in a second, and what it needs for it. Each case runs in a process of its
 * own with the options of the packaged server, on a database of its own.
 */
public final class EngineFigures {
  private static final int RUNS = 3;
  private static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-Xms16m", "-Xmx512m", "-Xss512k");

  private final Path work;
  private final Map<String, String> rows = new LinkedHashMap<>();

  private EngineFigures(Path work) {
    this.work = work;
  }

  /**
   * Takes all figures and writes them into the page; or, in a process that this one started, takes
   * one case.
   *
   * @param arguments the directory of the project; or a case, its directory, and where its database
   *     is
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 1) {
      EngineCases.run(arguments);
      return;
    }
    Path work = Files.createTempDirectory("hotpod-engine");
    EngineFigures figures = new EngineFigures(work);
    try (PostgresqlServer postgresql = new PostgresqlServer(work)) {
      figures.take(postgresql);
    }
    new PerformancePage(Path.of(arguments[0])).write("engine figures", figures.rows);
  }

  private void take(PostgresqlServer postgresql) {
    for (String shape : List.of("10", "100", "10000")) {
      rate("rate " + shape, "stacks of %,d".formatted(Integer.parseInt(shape)), postgresql);
    }
    put("200 stacks of 100 at once, SQLite", sqlite("fair"));
    put("10,000 resources in one stack, SQLite", sqlite("large"));
    put("a group of 1,000, SQLite", sqlite("group 1000"));
    put("a tree of 1,092 resources, five stacks deep, SQLite", sqlite("tree"));
    put("20,000 steps waiting for a signal, SQLite", sqlite("waiting"));
    put("500 independent resources, SQLite", sqlite("independent 500"));
    put("a chain of 100, SQLite", sqlite("chain 100"));
    put("a group of 100, SQLite", sqlite("group 100"));
    put("50 stacks of 10 at once, SQLite", sqlite("many"));
    two(postgresql);
  }

  private void rate(String words, String what, PostgresqlServer postgresql) {
    put(what + ", SQLite", sqlite(words));
    put(what + ", PostgreSQL", run(words, postgresql.database()));
  }

  private void put(String what, List<String> lines) {
    for (String line : lines) {
      int colon = line.indexOf(": ");
      rows.put(what + ": " + line.substring(0, colon), line.substring(colon + 2));
    }
  }

  private List<String> sqlite(String words) {
    return run(words, new DatabaseSettings.Embedded());
  }

  private List<String> run(String words, DatabaseSettings database) {
    return ended(start(words, database));
  }

  private Process start(String words, DatabaseSettings database) {
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(OPTIONS);
      command.add("--enable-native-access=ALL-UNNAMED");
      Optional.ofNullable(System.getProperty("hotpod.bench.options"))
          .ifPresent(more -> command.addAll(List.of(more.split(" ", -1))));
      command.addAll(
          List.of("-cp", System.getProperty("java.class.path"), EngineFigures.class.getName()));
      command.addAll(List.of(words, Files.createTempDirectory(work, "engine").toString()));
      if (database instanceof DatabaseSettings.Postgresql there) {
        command.addAll(List.of(there.url(), there.user(), there.passwordFile().toString()));
      }
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take " + words, e);
    }
  }

  /** What a case printed. */
  private static List<String> ended(Process process) {
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      List<String> lines = reader.lines().filter(line -> line.contains(": ")).toList();
      lines.forEach(System.out::println);
      if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException("a case failed; see above");
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot hear what a case says", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Two servers on one database begin at the same time, each with half of the stacks. */
  private void two(PostgresqlServer postgresql) {
    double alone = stacksPerSecond(List.of(start("half 200", postgresql.database())));
    DatabaseSettings shared = postgresql.database();
    double both = stacksPerSecond(List.of(start("half 100", shared), start("half 100", shared)));
    rows.put("one server on PostgreSQL, 200 stacks of 100", perSecond(alone));
    rows.put("two servers on one PostgreSQL, 100 stacks of 100 each", perSecond(both));
    rows.put("two servers against one", String.format(Locale.ROOT, "%.2f times", both / alone));
  }

  private static double stacksPerSecond(List<Process> servers) {
    servers.forEach(
        server -> {
          // All are warm before any begins.
          try {
            while (!"ready".equals(firstLine(server))) {
              if (!server.isAlive()) {
                throw new IllegalStateException("a server died");
              }
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    long start = System.nanoTime();
    servers.forEach(EngineFigures::go);
    double seconds = 0;
    for (Process server : servers) {
      ended(server);
      seconds = (System.nanoTime() - start) / 1e9;
    }
    return 200 * 100 / seconds;
  }

  /** Read byte by byte, so that what follows is left for whoever reads on. */
  private static String firstLine(Process process) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = process.getInputStream().read();
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      next = process.getInputStream().read();
    }
    return line.toString();
  }

  private static void go(Process server) {
    try {
      server.getOutputStream().write('\n');
      server.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String perSecond(double resources) {
    return String.format(Locale.ROOT, "%,.0f resources/s", resources);
  }

  /** The cases, each in a process of its own. */
  static final class EngineCases {
    private final EngineLoad load;

    private EngineCases(EngineLoad load) {
      this.load = load;
    }

    static void run(String[] arguments) {
      DatabaseSettings database =
          arguments.length == 2
              ? new DatabaseSettings.Embedded()
              : new DatabaseSettings.Postgresql(arguments[2], arguments[3], Path.of(arguments[4]));
      try (EngineLoad load = new EngineLoad(Path.of(arguments[1]), database)) {
        EngineCases cases = new EngineCases(load);
        String[] words = arguments[0].split(" ", 2);
        int number = words.length > 1 ? Integer.parseInt(words[1]) : 0;
        switch (words[0]) {
          case "rate" -> cases.rate(number);
          case "fair" -> cases.fair();
          case "large" -> cases.large();
          case "group" -> cases.one(Templates.group(number));
          case "tree" -> cases.one(Templates.tree());
          case "independent" -> cases.one(Templates.strings(number));
          case "chain" -> cases.one(Templates.chain(number));
          case "many" -> cases.many();
          case "waiting" -> cases.waiting();
          case "half" -> cases.half(number);
          default -> throw new IllegalArgumentException(arguments[0]);
        }
      }
    }

    private void warmUp() {
      for (int round = 0; round < 3; round++) {
        load.deleteAll(load.createAll("warm%d-".formatted(round), 20, Templates.strings(100)));
      }
    }

    private static void print(String what, String figure) {
      System.out.println(what + ": " + figure);
    }

    private void rate(int resources) {
      warmUp();
      int stacks = 10_000 / resources;
      String template = Templates.strings(resources);
      List<Double> rates = new ArrayList<>();
      for (int run = 0; run < RUNS; run++) {
        long start = System.nanoTime();
        List<String> ids = load.createAll("run%d-".formatted(run), stacks, template);
        rates.add(stacks * resources / ((System.nanoTime() - start) / 1e9));
        load.deleteAll(ids);
      }
      rates.sort(Double::compare);
      print(
          "create",
          String.format(
              Locale.ROOT,
              "%s (%,.0f–%,.0f, %d runs)",
              perSecond(rates.get(RUNS / 2)),
              rates.getFirst(),
              rates.getLast(),
              RUNS));
      print("memory after it", Resident.mebibytes() + " MiB");
    }

    /** How long each of many stacks has to wait until anything of it is done. */
    private void fair() {
      warmUp();
      String template = Templates.strings(100);
      List<String> ids = new ArrayList<>();
      List<Long> accepted = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        accepted.add(System.nanoTime());
        ids.add(load.accept("fair" + i, template));
      }
      Samples first = new Samples();
      Samples whole = new Samples();
      List<Thread> watchers = new ArrayList<>();
      for (int i = 0; i < ids.size(); i++) {
        String id = ids.get(i);
        long start = accepted.get(i);
        watchers.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      load.awaitBegin(id);
                      double begun = (System.nanoTime() - start) / 1e6;
                      load.await(id);
                      synchronized (first) {
                        first.add(begun);
                        whole.add((System.nanoTime() - start) / 1e6);
                      }
                    }));
      }
      for (Thread watcher : watchers) {
        try {
          watcher.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      print("until its first resource is begun", first.toString());
      print("until it is complete", whole.toString());
    }

    private void large() {
      warmUp();
      Samples create = new Samples();
      Samples nothing = new Samples();
      Samples change = new Samples();
      String template = Templates.independent(10_000);
      for (int run = 0; run < RUNS; run++) {
        List<String> ids = new ArrayList<>();
        String name = "large" + run;
        create.time(() -> ids.add(load.create(name, template)));
        nothing.time(() -> load.update(ids.getFirst(), template));
        String changed = template.replace("value: v77}", "value: changed}");
        change.time(() -> load.update(ids.getFirst(), changed));
        load.delete(ids.getFirst());
      }
      print("create", create.toString());
      print("update without a change", nothing.toString());
      print("update of one resource", change.toString());
      print(
          "the change beyond the update without one",
          "%.0f ms".formatted(change.median() - nothing.median()));
      print("most memory of the process", Resident.peakMebibytes() + " MiB");
    }

    private void one(String template) {
      warmUp();
      for (int run = 0; run < RUNS; run++) {
        load.delete(load.create("before" + run, template));
      }
      Samples create = new Samples();
      for (int run = 0; run < 2 * RUNS; run++) {
        List<String> ids = new ArrayList<>();
        String name = "run" + run;
        create.time(() -> ids.add(load.create(name, template)));
        load.delete(ids.getFirst());
      }
      print("create", create.toString());
    }

    private void many() {
      warmUp();
      Samples create = new Samples();
      for (int run = 0; run < 2 * RUNS; run++) {
        List<String> ids = new ArrayList<>();
        String prefix = "run%d-".formatted(run);
        create.time(() -> ids.addAll(load.createAll(prefix, 50, Templates.strings(10))));
        load.deleteAll(ids);
      }
      print("create", create.toString());
    }

    private void waiting() {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        ids.add(load.accept("waiting" + i, Templates.waiting(1_000)));
      }
      for (String id : ids) {
        while (load.inProgress(id) < 1_000) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
      Duration window = Duration.ofSeconds(20);
      long before = cpuNanos();
      LockSupport.parkNanos(window.toNanos());
      double share = 100.0 * (cpuNanos() - before) / window.toNanos();
      print("memory", Resident.mebibytes() + " MiB");
      print("processor time while nothing happens", String.format(Locale.ROOT, "%.2f %%", share));
      ids.forEach(load::startDelete);
      ids.forEach(load::await);
    }

    private static long cpuNanos() {
      return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
          .getProcessCpuTime();
    }

    private void half(int stacks) {
      warmUpAlone();
      System.out.println("ready");
      try {
        System.in.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      String prefix = "half%d-".formatted(ProcessHandle.current().pid());
      load.createAll(prefix, stacks, Templates.strings(100));
      print("created", stacks + " stacks");
    }

    private void warmUpAlone() {
      String prefix = "warm%d-".formatted(ProcessHandle.current().pid());
      load.deleteAll(load.createAll(prefix, 60, Templates.strings(100)));
    }
  }
}
