package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static java.util.Objects.requireNonNull;

import io.hotpod.engine.LifeTables.Row;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Snapshot;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.StackService;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import io.hotpod.template.environment.EnvironmentFile;
import io.hotpod.template.environment.EnvironmentLayers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random lives of stacks on one engine, whose process dies again and again, each compared with what
 * a small model says. What is random follows from a seed; which of two threads is first does not.
 */
final class Life implements AutoCloseable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Commits of each write alone, of a few, and of all that there are. */
  private static final int[] LARGEST_GROUPS = {1, 3, 500};

  /** About as many commits as a life has. */
  private static final int WHOLE_LIFE = 300;

  private static final List<String> HOOKS =
      List.of("pre-create", "post-create", "pre-update", "post-update", "pre-delete");

  private final Path directory;
  private final DatabaseSettings database;
  private final LifeTables tables;
  private final AtomicLong ids = new AtomicLong();
  private final List<String> story = new ArrayList<>();
  private OutsideWorld world = new OutsideWorld();
  private DyingCommits process = new DyingCommits();
  private Engine engine;
  private Random random = new Random(0);
  private int deaths;

  /** Physical ids of the handles that were signalled, or perhaps. */
  private final Set<String> signalled = new LinkedHashSet<>();

  private String name = "";

  Life(Path directory) {
    this.directory = directory;
    this.database = DatabaseFixture.settings(directory);
    this.tables = new LifeTables(directory, database);
    this.engine = open();
  }

  private Engine open() {
    process = new DyingCommits(LARGEST_GROUPS[random.nextInt(LARGEST_GROUPS.length)]);
    List<ResourceType> things = ThingType.both(() -> world, process);
    Engine opened =
        Engines.open(
            new EngineSettings(
                    directory,
                    Clock.systemUTC(),
                    () ->
                        new UUID(0x4000, 0x8000_0000_0000_0000L | ids.incrementAndGet()).toString())
                .on(database)
                .withSecretsKeyFile(DatabaseFixture.keyFile(database, directory)),
            process,
            things);
    opened.reachableAt(URI.create("http://127.0.0.1:8004"));
    return opened;
  }

  @Override
  public void close() {
    engine.close();
  }

  private StackService stacks() {
    return engine.stacks();
  }

  /** What the model knows of the stack. */
  private static final class Model {
    private String stackId = "";
    private LifeTemplate accepted = new LifeTemplate(0, Map.of());
    private final Map<Integer, LifeTemplate> all = new LinkedHashMap<>();
    private final Map<String, LifeTemplate> snapshots = new LinkedHashMap<>();
    private boolean cancelled;
    private int count;

    /** Numbers of the templates that a rollback may lead back to; 0 is nothing. */
    private final Set<Integer> before = new LinkedHashSet<>(Set.of(0));

    /** Whether nothing was asked since everything had been judged. */
    private boolean settled;

    /** Whether everything was found as the template says, and nobody said otherwise since. */
    private boolean whole;

    /** Notes a change of what the stack is to be. */
    void accept(LifeTemplate template) {
      if (!settled) {
        // What ran until now may have come to its end before this was accepted, or not.
        before.add(accepted.number());
      }
      accepted = template;
      cancelled = false;
      settled = false;
      whole = false;
    }

    LifeTemplate next(LifeTemplate template) {
      all.put(template.number(), template);
      return template;
    }

    /** Whether everything is as it should be, and nothing is being done. */
    boolean isKnown() {
      return exists() && settled && whole;
    }

    boolean exists() {
      return !stackId.isEmpty();
    }
  }

  /**
   * Lives one life.
   *
   * @throws AssertionError when an engine does what the model does not allow
   */
  void live(long seed) {
    try {
      liveThrough(seed);
    } catch (RuntimeException e) {
      throw new AssertionError(name + ": " + e + "\n" + String.join("\n", story), e);
    }
  }

  private void liveThrough(long seed) {
    random = new Random(seed * 1_000_003);
    world = new OutsideWorld();
    name = "life" + seed;
    story.clear();
    signalled.clear();
    Model model = new Model();
    process.spare();
    // Either shortly after a request, again and again, or now and then at any time.
    boolean anyTime = random.nextBoolean();
    deaths = anyTime ? 1 + random.nextInt(4) : 0;
    restart();
    int operations = 3 + random.nextInt(6);
    for (int i = 0; i < operations; i++) {
      if (!anyTime && random.nextInt(3) > 0) {
        process.dieAt(1 + random.nextInt(30), random.nextBoolean());
      }
      act(model);
      if (process.isDead()) {
        restart();
      }
      if (random.nextInt(3) > 0) {
        settle(model);
        if (!anyTime) {
          process.spare();
        }
        judge(model);
      }
    }
    deaths = 0;
    process.spare();
    settle(model);
    judge(model);
    end(model);
  }

  private void restart() {
    world.processDied();
    engine.close();
    tables.forgetOwners();
    engine = open();
    mortal();
    story.add("a new process, commits of up to " + process.largestGroup());
  }

  /** Says when the process dies, in a life in which that can be at any time. */
  private void mortal() {
    if (deaths > 0) {
      deaths--;
      process.dieAt(1 + random.nextInt(WHOLE_LIFE), random.nextBoolean());
    }
  }

  private void act(Model model) {
    world.stumbleAt(0);
    if (!model.exists()) {
      create(model);
      return;
    }
    String id = model.stackId;
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4 -> update(model, model.accepted.changed(++model.count, random));
      case 5 -> update(model, model.accepted.sound(++model.count));
      case 6 -> touch(model, false, "suspend", () -> stacks().suspend(CALLER, id));
      case 7 -> {
        world.stumbleAt(random.nextInt(5));
        touch(model, false, "resume", () -> stacks().resume(CALLER, id));
      }
      case 8 -> touch(model, true, "check", () -> stacks().check(CALLER, id));
      case 9 ->
          model.cancelled |=
              attempt("cancel", () -> stacks().cancelWithoutRollback(CALLER, id)) != Answer.REFUSED;
      case 10 -> {
        if (attempt("cancel with rollback", () -> stacks().cancelUpdate(CALLER, id))
            != Answer.REFUSED) {
          model.cancelled = true;
        }
      }
      case 11 -> markUnhealthy(model);
      case 12 -> snapshotOrRestore(model);
      case 13 -> handOver(model);
      case 14 -> lose(model);
      default -> touch(model, false, "delete", () -> stacks().delete(CALLER, id));
    }
  }

  /** How a request was answered. */
  private enum Answer {
    ACCEPTED,
    REFUSED,
    /** The process died over it. */
    UNKNOWN
  }

  private Answer attempt(String words, Runnable request) {
    try {
      request.run();
      story.add(words);
      return Answer.ACCEPTED;
    } catch (EngineException e) {
      story.add(words + ": refused, " + e.getMessage());
      return Answer.REFUSED;
    } catch (DyingCommits.Died e) {
      story.add(words + ": the process died");
      return Answer.UNKNOWN;
    }
  }

  /**
   * Asks for what leaves the template as it is.
   *
   * @param looksOnly whether what was whole before is so afterwards
   */
  private void touch(Model model, boolean looksOnly, String words, Runnable request) {
    if (attempt(words, request) != Answer.REFUSED) {
      model.whole &= looksOnly && model.settled;
      model.settled = false;
    }
  }

  private StackRequest request(LifeTemplate template) {
    return new StackRequest(
        Optional.of(name),
        Optional.of(template.text()),
        "template",
        LifeTemplate.FILES,
        environment(),
        Set.of(),
        Optional.empty(),
        Optional.of(random.nextBoolean()),
        Optional.empty());
  }

  /** With breakpoints now and then. */
  private EnvironmentLayers environment() {
    if (random.nextInt(4) > 0) {
      return new EnvironmentLayers(List.of(), Map.of());
    }
    String hooks =
        HOOKS.get(random.nextInt(HOOKS.size())) + ", " + HOOKS.get(random.nextInt(HOOKS.size()));
    String text =
        "resource_registry: {resources: {'%s': {hooks: [%s]}}}"
            .formatted(LifeTemplate.name(random), hooks);
    story.add(text);
    return new EnvironmentLayers(
        List.of(EnvironmentFile.parse("environment.yaml", text)), Map.of());
  }

  private void create(Model model) {
    LifeTemplate template = model.next(LifeTemplate.random(++model.count, random));
    StackRequest request = request(template);
    Answer answer =
        attempt(
            "create " + request.disableRollback() + " " + template.text(),
            () -> model.stackId = stacks().create(CALLER, request).id());
    if (answer == Answer.UNKNOWN) {
      restart();
      try {
        model.stackId = stacks().find(CALLER, name).id();
      } catch (EngineException e) {
        story.add("it was not accepted");
        return;
      }
    }
    model.before.clear();
    model.settled = true;
    model.accepted = new LifeTemplate(0, Map.of());
    model.before.add(0);
    model.accept(template);
  }

  private void update(Model model, LifeTemplate changed) {
    LifeTemplate template = model.next(changed);
    StackRequest request = request(template);
    Answer answer =
        attempt(
            "update " + request.disableRollback() + " " + template.text(),
            () -> stacks().update(CALLER, model.stackId, request));
    if (answer == Answer.UNKNOWN) {
      restart();
      if (definition(model).number() != template.number()) {
        story.add("it was not accepted");
        return;
      }
    }
    if (answer != Answer.REFUSED) {
      model.accept(template);
    }
  }

  /** The definition that the stack has. */
  private LifeTemplate definition(Model model) {
    String text = stacks().definition(CALLER, model.stackId).template();
    if (!text.contains("description: number")) {
      return new LifeTemplate(0, Map.of());
    }
    int number = Integer.parseInt(text.lines().skip(1).findFirst().orElse("").split(" ", 3)[2]);
    return number == 0 ? new LifeTemplate(0, Map.of()) : requireNonNull(model.all.get(number));
  }

  private void markUnhealthy(Model model) {
    List<ResourceRecord> resources = stacks().resources(CALLER, model.stackId);
    if (!resources.isEmpty()) {
      String resource = resources.get(random.nextInt(resources.size())).name();
      touch(
          model,
          false,
          "mark " + resource,
          () -> stacks().markUnhealthy(CALLER, model.stackId, resource, Optional.empty()));
    }
  }

  private void snapshotOrRestore(Model model) {
    List<String> known = List.copyOf(model.snapshots.keySet());
    if (known.isEmpty() || random.nextBoolean()) {
      LifeTemplate now = definition(model);
      touch(
          model,
          true,
          "snapshot",
          () -> {
            Snapshot taken = stacks().snapshot(CALLER, model.stackId, Optional.empty());
            model.snapshots.put(taken.id(), now);
          });
      return;
    }
    String snapshot = known.get(random.nextInt(known.size()));
    LifeTemplate then = requireNonNull(model.snapshots.get(snapshot));
    Answer answer =
        attempt(
            "restore " + then.number(), () -> stacks().restore(CALLER, model.stackId, snapshot));
    if (answer == Answer.UNKNOWN) {
      restart();
      if (stacks().find(CALLER, model.stackId).action() != Action.RESTORE) {
        return;
      }
    }
    if (answer != Answer.REFUSED) {
      model.accept(then);
    }
  }

  /** Abandons the stack and has another one adopt what there is. */
  private void handOver(Model model) {
    if (!model.isKnown()) {
      return;
    }
    ObjectNode data = stacks().export(CALLER, model.stackId);
    if (attempt("abandon", () -> stacks().abandon(CALLER, model.stackId)) == Answer.UNKNOWN) {
      restart();
      if (stacks().find(CALLER, model.stackId).action() != Action.DELETE) {
        story.add("it was not accepted");
        return;
      }
    }
    settle(model);
    LifeTemplate template = model.accepted;
    model.snapshots.clear();
    model.stackId = "";
    StackRequest request = request(template);
    while (!model.exists()) {
      Answer answer =
          attempt(
              "adopt " + request.disableRollback(),
              () -> model.stackId = stacks().adopt(CALLER, request, data).id());
      if (answer == Answer.UNKNOWN) {
        restart();
        stacks().list(CALLER, StackFilter.ALL).stream()
            .filter(stack -> stack.name().equals(name))
            .forEach(stack -> model.stackId = stack.id());
      }
      require(answer != Answer.REFUSED, () -> "the adoption is refused");
    }
    model.accept(template);
    model.before.clear();
    model.before.add(0);
    // Who takes an adoption over leaves what was not taken in to nobody.
    settle(model);
  }

  /** Somebody takes a thing away that nothing else needs, and an update looks at what is there. */
  private void lose(Model model) {
    List<OutsideWorld.Thing> free =
        world.things().stream()
            .filter(
                thing ->
                    world.things().stream().noneMatch(each -> each.needs().contains(thing.id())))
            .toList();
    if (!model.isKnown() || free.isEmpty()) {
      return;
    }
    OutsideWorld.Thing lost = free.get(random.nextInt(free.size()));
    story.add("lose " + lost);
    process.spare();
    if (process.isDead()) {
      restart();
      process.spare();
    }
    world.remove(lost.id());
    LifeTemplate template = model.next(model.accepted.sound(++model.count));
    require(
        attempt(
                "update with converge",
                () -> stacks().update(CALLER, model.stackId, request(template).converging(true)))
            == Answer.ACCEPTED,
        () -> "the update is refused");
    model.accept(template);
    process.dieAt(1 + random.nextInt(WHOLE_LIFE / 5), random.nextBoolean());
    settle(model);
  }

  /** Waits until nothing is left to be done, releasing what waits and starting what died. */
  private void settle(Model model) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (process.isDead()) {
        restart();
      }
      if (model.exists() && world.anybodyWaits()) {
        world.release();
      }
      if (model.exists()) {
        tell(model);
      }
      if (tables.operations().isEmpty()) {
        return;
      }
      if (model.exists()) {
        stacks()
            .events(
                CALLER,
                model.stackId,
                new EventFilter(
                    Optional.empty(), false, Optional.of(1), newest(model), Duration.ofMillis(5)));
      }
    }
    throw failure("it does not end: " + tables.operations() + tables.resources());
  }

  /** Clears the breakpoints that are waited at, and signals what waits for that. */
  private void tell(Model model) {
    for (LifeTables.Pause pause : tables.pauses()) {
      ObjectNode cleared = JSON.objectNode().put("unset_hook", pause.hook());
      attempt(
          "clear " + pause,
          () -> stacks().signal(CALLER, pause.stackId(), pause.resource(), cleared));
    }
    for (Row row : tables.resources()) {
      if (row.type().equals(LifeTemplate.CONDITION)
          && row.state().endsWith("IN_PROGRESS")
          && row.stackId().equals(model.stackId)) {
        String handle = LifeTemplate.handle(row.resource());
        attempt(
            "signal " + handle,
            () -> {
              signalled.add(handleId(handle));
              stacks().signal(CALLER, row.stackId(), handle, JSON.objectNode());
            });
      }
    }
  }

  /** What stays the same when the stack changes hands. */
  private String handleId(String handle) {
    return tables.resources().stream()
        .filter(row -> row.resource().equals(handle))
        .max(Comparator.comparing(Row::id))
        .flatMap(Row::physicalId)
        .orElse("");
  }

  private Optional<String> newest(Model model) {
    return stacks()
        .events(
            CALLER,
            model.stackId,
            new EventFilter(
                Optional.empty(), false, Optional.of(1), Optional.empty(), Duration.ZERO))
        .stream()
        .map(io.hotpod.engine.event.Event::id)
        .findFirst();
  }

  private AssertionError failure(String words) {
    return new AssertionError(name + ": " + words + "\n" + String.join("\n", story));
  }

  /** Compares what is with what the model allows, when nothing is being done. */
  private void judge(Model model) {
    List<Row> rows = tables.resources();
    require(world.violations().isEmpty(), () -> String.join("\n", world.violations()));
    for (OutsideWorld.Thing thing : world.things()) {
      require(
          rows.stream()
              .anyMatch(
                  row ->
                      row.physicalId().filter(thing.id()::equals).isPresent()
                          || row.token().filter(thing.token()::equals).isPresent()),
          () -> "nobody owns " + thing + "\n" + rows);
    }
    for (Row row : rows) {
      if (row.type().startsWith("Test::") && row.state().endsWith("COMPLETE")) {
        row.physicalId()
            .ifPresent(
                id -> require(world.find(id).isPresent(), () -> "lost: " + row + "\n" + rows));
      }
      require(!row.state().endsWith("IN_PROGRESS"), () -> "left in progress: " + row);
    }
    if (model.exists()) {
      judgeStack(model, rows);
    }
  }

  private void require(boolean holds, java.util.function.Supplier<String> words) {
    if (!holds) {
      throw failure(words.get());
    }
  }

  private void judgeStack(Model model, List<Row> rows) {
    Stack stack = stacks().find(CALLER, model.stackId);
    story.add("now " + stack.combinedStatus() + ": " + stack.statusReason());
    LifeTemplate definition = definition(model);
    switch (stack.action()) {
      case CREATE, UPDATE, RESTORE, ADOPT -> {
        require(
            definition.number() == model.accepted.number(),
            () -> "accepted was %d".formatted(model.accepted.number()));
        if (stack.status() == Status.COMPLETE) {
          requireExactly(definition, rows);
        } else {
          require(model.cancelled || definition.fails(), () -> "it failed for no reason");
        }
      }
      case ROLLBACK -> {
        require(
            model.before.contains(definition.number()),
            () -> "back to %d, before was %s".formatted(definition.number(), model.before));
        if (stack.status() == Status.COMPLETE) {
          requireExactly(definition, rows);
        } else {
          require(definition.fails(), () -> "the rollback failed for no reason");
        }
        model.accepted = definition;
      }
      case DELETE -> {
        require(stack.status() == Status.COMPLETE, () -> "the delete failed");
        require(world.things().isEmpty(), () -> "after the delete: " + world.things());
        require(rows.isEmpty(), () -> "after the delete: " + rows);
        model.stackId = "";
        model.snapshots.clear();
      }
      case SUSPEND, RESUME -> {
        boolean suspended = stack.action() == Action.SUSPEND;
        if (stack.status() == Status.COMPLETE) {
          world
              .things()
              .forEach(
                  thing ->
                      require(thing.suspended() == suspended, () -> "suspended or not: " + thing));
        }
      }
      case CHECK, SNAPSHOT -> {
        if (stack.status() == Status.COMPLETE) {
          requireInUse();
        } else {
          require(!model.whole, () -> "it failed for no reason");
        }
        if (model.whole) {
          requireExactly(definition, rows);
        }
      }
      case INIT, SIGNAL -> {}
    }
    noteWhatIs(model, stack, definition);
  }

  private static void noteWhatIs(Model model, Stack stack, LifeTemplate definition) {
    boolean done = stack.status() == Status.COMPLETE;
    // Before a create that failed and stays there is nothing; then it is itself what was before.
    if (done || stack.action() == Action.ROLLBACK || stack.action() == Action.CREATE) {
      model.before.clear();
      model.before.add(definition.number());
    }
    model.whole =
        done
            && switch (stack.action()) {
              case CREATE, UPDATE, RESTORE, ROLLBACK, ADOPT -> true;
              case CHECK, SNAPSHOT -> model.whole;
              case SUSPEND, RESUME, DELETE, INIT, SIGNAL -> false;
            };
    model.settled = true;
  }

  private void requireInUse() {
    world.things().forEach(thing -> require(!thing.suspended(), () -> "still suspended: " + thing));
  }

  /** Everything of a template is there, once, and nothing else. */
  private void requireExactly(LifeTemplate template, List<Row> rows) {
    Map<String, String> paths = new LinkedHashMap<>();
    rows.forEach(row -> paths.put(row.id(), row.resource()));
    Map<String, String> present = new TreeMap<>();
    Consumer<Row> add =
        row -> {
          String path =
              paths.containsKey(row.stackId())
                  ? paths.get(row.stackId()) + "/" + row.resource()
                  : row.resource();
          String says =
              row.physicalId().flatMap(world::find).map(OutsideWorld.Thing::value).orElse("-");
          String before = present.put(path, says);
          require(before == null, () -> path + " is there twice: " + rows);
        };
    rows.stream().filter(row -> row.type().startsWith("Test::")).forEach(add);
    rows.stream()
        .filter(row -> row.type().equals(LifeTemplate.CONDITION))
        .forEach(
            row ->
                require(
                    signalled.contains(handleId(LifeTemplate.handle(row.resource()))),
                    () -> "nobody signalled " + row + "\n" + rows));
    require(
        present.equals(new TreeMap<>(template.values())),
        () -> "wanted %s, found %s\n%s".formatted(template.values(), present, rows));
    requireInUse();
  }

  /** Whatever happened before, a good update works, and so does a delete. */
  private void end(Model model) {
    if (model.exists()) {
      Action action = stacks().find(CALLER, model.stackId).action();
      world.stumbleAt(0);
      if (action == Action.SUSPEND) {
        attempt("resume", () -> stacks().resume(CALLER, model.stackId));
        settle(model);
      }
      update(model, model.accepted.sound(++model.count));
      settle(model);
      judge(model);
      require(
          stacks().find(CALLER, model.stackId).combinedStatus().equals("UPDATE_COMPLETE"),
          () -> "the last update failed");
      attempt("delete", () -> stacks().delete(CALLER, model.stackId));
      settle(model);
      judge(model);
      require(!model.exists(), () -> "the delete was not accepted");
    }
    require(tables.resources().isEmpty(), () -> "left over: " + tables.resources());
  }
}
