package io.hotpod.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.cli.process.SpareHeap;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.store.DatabaseSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The cases of {@link EngineFigures}, each in a process of its own. */
final class EngineCases {
  /** How a line begins that says that a server is ready. */
  static final String READY = "ready ";

  private static final int RUNS = 3;

  /** In a run of small stacks: it lasts some seconds with them, more of them tell nothing else. */
  private static final int MOST_STACKS = 1_000;

  private static final int MANY_BEFORE = 20;
  private static final int MANY_RUNS = 10;
  private static final int FAIR_STACKS = 200;
  private static final int ORPHANS = 20;

  private final EngineLoad load;

  private EngineCases(EngineLoad load) {
    this.load = load;
  }

  /**
   * Takes one case.
   *
   * @param arguments the case, its directory, and where its PostgreSQL is, if it has one
   */
  public static void main(String[] arguments) {
    DatabaseSettings database =
        arguments.length == 2
            ? new DatabaseSettings.Embedded()
            : new DatabaseSettings.Postgresql(arguments[2], arguments[3], Path.of(arguments[4]));
    try (EngineLoad load = new EngineLoad(Path.of(arguments[1]), database);
        SpareHeap _ = SpareHeap.start()) {
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
        case "share" -> cases.share();
        case "owner" -> cases.owner();
        case "heir" -> cases.heir();
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  private void warmUp() {
    warmUp(3);
  }

  private void warmUp(int rounds) {
    String prefix = "warm%d-".formatted(ProcessHandle.current().pid());
    for (int round = 0; round < rounds; round++) {
      load.deleteAll(load.createAll(prefix + round + "-", 20, Templates.strings(100)));
    }
  }

  private static void print(String what, String figure) {
    System.out.println(what + ": " + figure);
  }

  private void rate(int resources) {
    warmUp(10);
    int stacks = Math.min(MOST_STACKS, Math.max(1, 20_000 / resources));
    String template = Templates.strings(resources);
    List<Double> rates = new ArrayList<>();
    for (int run = 0; run <= RUNS; run++) {
      long start = System.nanoTime();
      List<String> ids = load.createAll("run%d-".formatted(run), stacks, template);
      double rate = stacks * resources / ((System.nanoTime() - start) / 1e9);
      load.deleteAll(ids);
      if (run > 0) {
        rates.add(rate);
      }
    }
    rates.sort(Double::compare);
    print(
        "create",
        String.format(
            Locale.ROOT,
            "%s (%,.0f–%,.0f, %d runs)",
            EngineFigures.inWords(rates.get(RUNS / 2)),
            rates.getFirst(),
            rates.getLast(),
            RUNS));
    print("memory after it", Resident.mebibytes() + " MiB");
  }

  /** How long each of many stacks has to wait until anything of it is done. */
  private void fair() {
    warmUp();
    List<String> ids = load.createAll("fair", FAIR_STACKS, Templates.strings(100));
    Samples first = new Samples();
    Samples whole = new Samples();
    for (String id : ids) {
      List<Event> events = load.events(id);
      Instant accepted = events.getFirst().time();
      Instant begun =
          events.stream()
              .filter(event -> !event.resourceType().equals(Event.STACK_TYPE))
              .findFirst()
              .orElseThrow()
              .time();
      first.add((double) Duration.between(accepted, begun).toMillis());
      whole.add((double) Duration.between(accepted, events.getLast().time()).toMillis());
    }
    print("from the acceptance of a stack until its first resource is begun", first.toString());
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

  /** The first rounds are told apart: small stacks go ways that Java has yet to compile. */
  private void many() {
    warmUp();
    Samples first = new Samples();
    Samples create = new Samples();
    for (int run = 0; run < MANY_BEFORE + MANY_RUNS; run++) {
      List<String> ids = new ArrayList<>();
      String prefix = "run%d-".formatted(run);
      (run < MANY_BEFORE ? first : create)
          .time(() -> ids.addAll(load.createAll(prefix, 50, Templates.strings(10))));
      load.deleteAll(ids);
    }
    print("create, the first rounds of the process", first.toString());
    print("create", create.toString());
  }

  private List<String> waitingStacks(int stacks, int resources) {
    List<String> ids = load.acceptAll("waiting", stacks, Templates.waiting(resources));
    for (String id : ids) {
      while (load.inProgress(id) < resources) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
    return ids;
  }

  private void waiting() {
    List<String> ids = waitingStacks(20, 1_000);
    // Until what a server keeps of its heap is what it needs, as it looks after that itself.
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(40));
    Duration window = Duration.ofSeconds(20);
    long before = cpuNanos();
    LockSupport.parkNanos(window.toNanos());
    double share = 100.0 * (cpuNanos() - before) / window.toNanos();
    print("memory", Resident.mebibytes() + " MiB");
    print("processor time while nothing happens", String.format(Locale.ROOT, "%.2f %%", share));
    load.deleteAll(ids);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  private static String read() {
    try {
      String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException("nobody says what to do", e);
    }
  }

  /**
   * Creates as many stacks as it is told, deletes them, and again, until nobody says anything.
   * Warmer than others: what Java still compiles counts to the little that the process gets.
   */
  private void share() {
    warmUp(30);
    System.out.println(READY);
    for (String stacks = read(); !stacks.isEmpty(); stacks = read()) {
      String prefix = "share%d-".formatted(ProcessHandle.current().pid());
      List<String> ids = load.createAll(prefix, Integer.parseInt(stacks), Templates.strings(100));
      System.out.println(READY);
      read();
      load.deleteAll(ids);
      System.out.println(READY);
    }
  }

  /** Carries out operations that do not end, until it is killed. */
  private void owner() {
    System.out.println(READY + String.join(" ", waitingStacks(ORPHANS, 10)));
    read();
  }

  /** Hears when the owner was killed, and looks when its operations go on here. */
  private void heir() {
    System.out.println(READY);
    List<String> words = List.of(read().split(" ", -1));
    Instant killed = Instant.ofEpochMilli(Long.parseLong(words.getFirst()));
    List<String> ids = words.subList(1, words.size());
    Samples goneOn = new Samples();
    for (String id : ids) {
      goneOn.add((double) Duration.between(killed, load.awaitEventAfter(id, killed)).toMillis());
    }
    print("until its %d operations go on elsewhere".formatted(ids.size()), goneOn.toString());
  }
}
