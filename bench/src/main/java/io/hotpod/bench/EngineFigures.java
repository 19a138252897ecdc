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
  private static final int LIMITED_STACKS = 200;

  /** Of a core, for each of them. */
  private static final int PERCENT = 30;

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
   * Servers on one database begin at the same time, each with its part of the stacks. What a second
   * one adds can be seen only where the first is the limit: each has a small part of a core once it
   * is warm, and the database has what is left of two.
   */
  private void share() {
    double free = perSecond(ready("share " + SHARED_STACKS, 1), SHARED_STACKS);
    rows.put(
        "%,d stacks of 100 by one server on both cores".formatted(SHARED_STACKS), inWords(free));
    Optional<Double> alone = limited(1);
    if (alone.isEmpty()) {
      rows.put("two servers against one", "not taken: no cgroup of version 1 can be made here");
      return;
    }
    double both = limited(2).orElseThrow();
    rows.put(
        "%d stacks of 100 by one server on %d %% of a core".formatted(LIMITED_STACKS, PERCENT),
        inWords(alone.get()));
    rows.put("the same by two servers on %d %% of a core each".formatted(PERCENT), inWords(both));
    rows.put(
        "two servers against one", String.format(Locale.ROOT, "%.2f times", both / alone.get()));
  }

  /**
   * Resources per second of some servers with a part of a core each; empty where that cannot be.
   */
  private Optional<Double> limited(int servers) {
    List<Process> ready = ready("share " + LIMITED_STACKS / servers, servers);
    List<CoreShare> shares = new ArrayList<>();
    try {
      for (Process server : ready) {
        CoreShare.of(server, PERCENT).ifPresent(shares::add);
      }
      return shares.size() == servers
          ? Optional.of(perSecond(ready, LIMITED_STACKS))
          : Optional.empty();
    } finally {
      ready.forEach(Process::destroyForcibly);
      shares.forEach(CoreShare::close);
    }
  }

  /** Servers that are warm, each started when the one before it was. */
  private List<Process> ready(String words, int servers) {
    DatabaseSettings database = postgresql.database();
    List<Process> ready = new ArrayList<>();
    for (int i = 0; i < servers; i++) {
      Process server = start(words, database);
      ready.add(server);
      awaitReady(server);
    }
    return ready;
  }

  private static double perSecond(List<Process> servers, int stacks) {
    long start = System.nanoTime();
    servers.forEach(server -> tell(server, "go"));
    servers.forEach(EngineFigures::ended);
    return stacks * 100 / ((System.nanoTime() - start) / 1e9);
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

  static String inWords(double resourcesPerSecond) {
    return String.format(Locale.ROOT, "%,.0f resources/s", resourcesPerSecond);
  }
}
