package io.hotpod.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.store.DatabaseSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the engine does in a second, and what it needs for it. Each case runs in a process of its
 * own with the options of the packaged server, on a database of its own.
 */
public final class EngineFigures {
  private static final List<String> PIECES = List.of("rates", "shapes", "peer", "servers");

  /** Stacks of a hundred that one server creates alone, or two together. */
  private static final int SHARED_STACKS = 400;

  /** The same for servers with a part of a core each. */
  private static final int LIMITED_STACKS = 140;

  /** How often each counts. */
  private static final int SHARED_ROUNDS = 5;

  /** Of a core, for each of them. */
  private static final int PERCENT = 20;

  private final List<String> options;
  private final Path work;
  private final PostgresqlServer postgresql;
  private final Map<String, String> rows = new LinkedHashMap<>();

  private EngineFigures(List<String> options, Path work, PostgresqlServer postgresql) {
    this.options = options;
    this.work = work;
    this.postgresql = postgresql;
  }

  /**
   * Takes figures and writes them into the page.
   *
   * @param arguments the directory of the project, and the tables to take; all of them without any
   */
  public static void main(String[] arguments) throws IOException {
    List<String> pieces =
        arguments.length > 1 ? List.of(arguments).subList(1, arguments.length) : PIECES;
    Path root = Path.of(arguments[0]);
    List<String> options = ServerOptions.read(root);
    PerformancePage page = new PerformancePage(root);
    Path work = Files.createTempDirectory("hotpod-engine");
    try (PostgresqlServer postgresql = new PostgresqlServer(work)) {
      for (String piece : pieces) {
        EngineFigures figures = new EngineFigures(options, work, postgresql);
        figures.take(piece);
        page.write("engine " + piece, figures.rows);
      }
    }
  }

  private void take(String piece) {
    switch (piece) {
      case "rates" -> {
        for (int resources : List.of(10, 100, 10_000)) {
          String what = "stacks of %,d".formatted(resources);
          put(what + ", SQLite", sqlite("rate " + resources));
          put(what + ", PostgreSQL", run("rate " + resources, postgresql.database()));
        }
      }
      case "shapes" -> {
        put("200 stacks of 100 at once", sqlite("fair"));
        put("10,000 resources in one stack", sqlite("large"));
        put("a group of 1,000", sqlite("group 1000"));
        put("a tree of 1,092 resources, five stacks deep", sqlite("tree"));
        put("20,000 steps waiting for a signal", sqlite("waiting"));
      }
      case "peer" -> {
        put("500 independent resources", sqlite("independent 500"));
        put("a chain of 100", sqlite("chain 100"));
        put("a group of 100", sqlite("group 100"));
        put("50 stacks of 10 at once", sqlite("many"));
      }
      case "servers" -> {
        share();
        takeOver();
      }
      default -> throw new IllegalArgumentException(piece + " is none of " + PIECES);
    }
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
      command.addAll(options);
      command.add("--enable-native-access=ALL-UNNAMED");
      Path log = Files.writeString(work.resolve("logging.properties"), ".level = WARNING\n");
      command.add("-Djava.util.logging.config.file=" + log);
      Optional.ofNullable(System.getProperty("hotpod.bench.options"))
          .ifPresent(more -> command.addAll(List.of(more.split(" ", -1))));
      command.addAll(
          List.of("-cp", System.getProperty("java.class.path"), EngineCases.class.getName()));
      command.addAll(List.of(words, Files.createTempDirectory(work, "engine").toString()));
      if (database instanceof DatabaseSettings.Postgresql there) {
        command.addAll(List.of(there.url(), there.user(), there.passwordFile().toString()));
      }
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("MALLOC_ARENA_MAX", "2");
      return builder.start();
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

  /**
   * Servers on one database begin at the same time, each with its part of the stacks, or one of
   * them alone, in turns. What a second one adds can be seen only where the first is the limit:
   * each has a small part of a core once it is warm, and the database has what is left of two.
   */
  private void share() {
    DatabaseSettings database = postgresql.database();
    List<Process> servers = new ArrayList<>();
    List<CoreShare> shares = new ArrayList<>();
    try {
      // Each warms up while the others rest.
      for (int i = 0; i < 2; i++) {
        servers.add(start("share", database));
        awaitReady(servers.getLast());
      }
      Samples free = new Samples();
      for (int round = 0; round < SHARED_ROUNDS; round++) {
        free.add(perSecond(List.of(servers.get(round % 2)), SHARED_STACKS));
      }
      rows.put(
          "%,d stacks of 100 by one server on both cores".formatted(SHARED_STACKS), inWords(free));
      servers.forEach(server -> CoreShare.of(server, PERCENT).ifPresent(shares::add));
      if (shares.size() < servers.size()) {
        rows.put("two servers against one", "not taken: no cgroup of version 1 can be made here");
      } else {
        shareParts(servers);
      }
    } finally {
      servers.forEach(Process::destroyForcibly);
      shares.forEach(CoreShare::close);
    }
  }

  private void shareParts(List<Process> servers) {
    Samples alone = new Samples();
    Samples both = new Samples();
    Samples times = new Samples();
    // The first is for getting used to the part of a core.
    for (int round = 0; round <= SHARED_ROUNDS; round++) {
      double one = perSecond(List.of(servers.get(round % 2)), LIMITED_STACKS);
      double two = perSecond(servers, LIMITED_STACKS);
      if (round > 0) {
        alone.add(one);
        both.add(two);
        times.add(two / one);
      }
    }
    rows.put(
        "%d stacks of 100 by one server on %d %% of a core".formatted(LIMITED_STACKS, PERCENT),
        inWords(alone));
    rows.put("the same by two servers on %d %% of a core each".formatted(PERCENT), inWords(both));
    rows.put("two servers against one", times.inTimes());
  }

  /** Has servers create stacks, each its part, and deletes them. */
  private static double perSecond(List<Process> servers, int stacks) {
    String part = Integer.toString(stacks / servers.size());
    long start = System.nanoTime();
    servers.forEach(server -> tell(server, part));
    servers.forEach(EngineFigures::awaitReady);
    double perSecond = stacks * 100 / ((System.nanoTime() - start) / 1e9);
    servers.forEach(server -> tell(server, "delete"));
    servers.forEach(EngineFigures::awaitReady);
    return perSecond;
  }

  /** A server is killed in the middle of its operations, another on the same database is not. */
  private void takeOver() {
    DatabaseSettings shared = postgresql.database();
    Process heir = start("heir", shared);
    awaitReady(heir);
    Process owner = start("owner", shared);
    try {
      String stacks = awaitReady(owner);
      long killed = System.currentTimeMillis();
      owner.destroyForcibly();
      tell(heir, killed + " " + stacks);
      put("a server killed with -9", ended(heir));
    } finally {
      owner.destroyForcibly();
      heir.destroyForcibly();
    }
  }

  /**
   * Waits until a server is ready.
   *
   * @return what else it says in that line
   */
  private static String awaitReady(Process server) {
    try {
      while (true) {
        String line = line(server);
        if (line.startsWith(EngineCases.READY)) {
          return line.substring(EngineCases.READY.length());
        }
        if (line.isEmpty() && !server.isAlive()) {
          throw new IllegalStateException("a server died; see above");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot hear what a server says", e);
    }
  }

  /** Read byte by byte, so that what follows is left for whoever reads on. */
  private static String line(Process process) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = process.getInputStream().read();
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      next = process.getInputStream().read();
    }
    return line.toString();
  }

  private static void tell(Process server, String words) {
    try {
      server.getOutputStream().write((words + "\n").getBytes(UTF_8));
      server.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell a server to go on", e);
    }
  }

  private static String inWords(Samples resourcesPerSecond) {
    return inWords(resourcesPerSecond.median());
  }

  static String inWords(double resourcesPerSecond) {
    return String.format(Locale.ROOT, "%,.0f resources/s", resourcesPerSecond);
  }
}
