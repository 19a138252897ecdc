package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.plan.StepKind;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import io.hotpod.template.environment.EnvironmentLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What a plan says is what the update does, for random pairs of templates. */
final class TestPlanEqualsApply {
  private static @Nullable Path directory;
  private static @Nullable EngineFixture opened;
  private static @Nullable FakeAgent agent;

  @BeforeContainer
  static void open() throws IOException {
    Path made = Files.createTempDirectory("hotpod-plans");
    EngineFixture fixture = new EngineFixture(made);
    directory = made;
    opened = fixture;
    agent = new FakeAgent(fixture.engine(), PlanTemplate.INSTANCE);
  }

  @AfterContainer
  static void close() throws IOException {
    agent().close();
    fixture().close();
    try (Stream<Path> files = Files.walk(Optional.ofNullable(directory).orElseThrow())) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static EngineFixture fixture() {
    return Optional.ofNullable(opened).orElseThrow();
  }

  private static FakeAgent agent() {
    return Optional.ofNullable(agent).orElseThrow();
  }

  /** What the stack is when it is planned for. */
  private enum Beginning {
    COMPLETE,
    FAILED,
    UPDATE_FAILED,
    MARKED,
    RESUMED,
    /** Some of it could not be resumed. */
    PARTLY_RESUMED
  }

  private static void begin(
      Beginning beginning, String stackId, PlanTemplate template, Random random) {
    String created = atRest(stackId).combinedStatus();
    assertThat(created)
        .isEqualTo(beginning == Beginning.FAILED ? "CREATE_FAILED" : "CREATE_COMPLETE");
    switch (beginning) {
      case COMPLETE, FAILED -> {}
      case UPDATE_FAILED -> {
        StackRequest failing = request(template.changed(random, 2).failing(random));
        fixture().stacks().update(CALLER, stackId, failing);
        assertThat(atRest(stackId).combinedStatus()).isEqualTo("UPDATE_FAILED");
      }
      case MARKED -> mark(stackId, random);
      case RESUMED -> {
        suspend(stackId);
        fixture().stacks().resume(CALLER, stackId);
        assertThat(atRest(stackId).combinedStatus()).isEqualTo("RESUME_COMPLETE");
      }
      case PARTLY_RESUMED -> {
        suspend(stackId);
        mark(stackId, random);
        fixture().stacks().resume(CALLER, stackId);
        assertThat(atRest(stackId).action()).isEqualTo(Action.RESUME);
      }
    }
  }

  private static Stack atRest(String stackId) {
    fixture().settled(stackId);
    return fixture()
        .until(
            stackId,
            stack ->
                tree(stackId, "").values().stream()
                    .noneMatch(each -> each.status() == Status.IN_PROGRESS));
  }

  private static void mark(String stackId, Random random) {
    List<ResourceRecord> resources = List.copyOf(tree(stackId, "").values());
    for (int i = 0; i < 1 + random.nextInt(2); i++) {
      ResourceRecord marked = resources.get(random.nextInt(resources.size()));
      fixture().stacks().markUnhealthy(CALLER, marked.stackId(), marked.name(), Optional.empty());
    }
  }

  /** Neither a plan nor an update is to be had of it then. */
  private static void suspend(String stackId) {
    fixture().stacks().suspend(CALLER, stackId);
    assertThat(atRest(stackId).combinedStatus()).isEqualTo("SUSPEND_COMPLETE");
    StackRequest refused = request("heat_template_version: 2021-04-16");
    assertThatThrownBy(() -> fixture().stacks().previewUpdate(CALLER, stackId, refused))
        .hasMessageContaining("Resume it first");
    assertThatThrownBy(() -> fixture().stacks().update(CALLER, stackId, refused))
        .hasMessageContaining("Resume it first");
  }

  private static StackRequest request(PlanTemplate template) {
    return request(template.text());
  }

  private static StackRequest request(String template) {
    return new StackRequest(
        Optional.of("planned"),
        Optional.of(template),
        "template",
        PlanTemplate.FILES,
        new EnvironmentLayers(List.of(), Map.of()),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The resources of a tree, by their path. */
  private static Map<String, ResourceRecord> tree(String stackId, String prefix) {
    Map<String, ResourceRecord> found = new LinkedHashMap<>();
    for (ResourceRecord resource : fixture().stacks().resources(CALLER, stackId)) {
      String path = prefix + resource.name();
      found.put(path, resource);
      resource.nestedStackId().ifPresent(id -> found.putAll(tree(id, path + "/")));
    }
    return found;
  }

  private static List<Event> events(String stackId) {
    return fixture()
        .stacks()
        .events(
            CALLER,
            stackId,
            new EventFilter(
                Optional.empty(), true, Optional.empty(), Optional.empty(), Duration.ZERO));
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void thePlanNamesEveryStep(@ForAll long seed) {
    Random random = new Random(seed);
    PlanTemplate first = PlanTemplate.random(random);
    PlanTemplate second = first.changed(random, random.nextInt(4));
    Beginning beginning = Beginning.values()[random.nextInt(Beginning.values().length)];
    String text = beginning == Beginning.FAILED ? first.failing(random) : first.text();
    Stack stack = fixture().stacks().create(CALLER, request(text));
    try {
      begin(beginning, stack.id(), first, random);
      compare(stack.id(), second);
    } catch (AssertionError e) {
      throw new AssertionError(
          "%s, seed %d, from%n%sto%n%s".formatted(beginning, seed, text, second.text()), e);
    } finally {
      fixture().delete(stack.id());
    }
  }

  private static void compare(String stackId, PlanTemplate second) {
    Map<String, ResourceRecord> before = tree(stackId, "");
    Map<String, Integer> told = new LinkedHashMap<>();
    told.put(stackId, events(stackId).size());
    before
        .values()
        .forEach(each -> each.nestedStackId().ifPresent(id -> told.put(id, events(id).size())));
    int started = agent().started().size();
    List<PlannedStep> plan =
        fixture().stacks().previewUpdate(CALLER, stackId, request(second)).steps();

    fixture().stacks().update(CALLER, stackId, request(second));
    assertThat(fixture().settled(stackId).statusReason()).endsWith("completed successfully");

    Map<String, ResourceRecord> after = tree(stackId, "");
    Set<String> updated = new TreeSet<>();
    told.forEach(
        (id, count) -> {
          if (fixture().stacks().inside(CALLER, id).isPresent() || id.equals(stackId)) {
            events(id).stream()
                .skip(count)
                // What is only brought back into use is told as a resume.
                .filter(event -> event.action() == Action.UPDATE || event.action() == Action.RESUME)
                .forEach(event -> updated.add(id + "/" + event.resourceName()));
          }
        });
    List<String> startedNow = agent().started().subList(started, agent().started().size());
    Map<String, PlannedStep> named = new LinkedHashMap<>();
    Set<String> passing = new TreeSet<>();
    collect(plan, "", named, passing);
    List<String> wrong = new ArrayList<>();
    Set<String> passed = passed(stackId, "", told, named.keySet());
    passed.removeAll(before.keySet());
    passed.removeAll(after.keySet());
    assertThat(passing).as("made and taken away again, plan %s", plan).isEqualTo(passed);
    Set<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    for (String path : paths) {
      StepKind done =
          done(
              Optional.ofNullable(before.get(path)), Optional.ofNullable(after.get(path)), updated);
      PlannedStep step = named.get(path);
      if (step == null) {
        // Not below what goes or comes, which is told as a whole.
        if (done != StepKind.NONE && !path.contains("/")) {
          wrong.add("%s was not planned: %s".formatted(path, done));
        }
      } else {
        check(path, step, done, startedNow).ifPresent(wrong::add);
      }
    }
    for (PlannedStep step : plan) {
      assertThat(step.reasons().isEmpty())
          .as("reason of %s", step)
          .isEqualTo(step.kind() == StepKind.NONE);
    }
    assertThat(wrong).as("plan %s", plan).isEmpty();
  }

  /** What was made in stacks that were there before, and whose inside was planned. */
  private static Set<String> passed(
      String stackId, String prefix, Map<String, Integer> told, Set<String> named) {
    Set<String> made = new TreeSet<>();
    if (named.stream().anyMatch(path -> path.startsWith(prefix))) {
      events(stackId).stream()
          .skip(Optional.ofNullable(told.get(stackId)).orElse(0))
          .filter(event -> event.action() == Action.CREATE && event.status() == Status.COMPLETE)
          .map(event -> prefix + event.resourceName())
          .forEach(made::add);
    }
    for (ResourceRecord resource : fixture().stacks().resources(CALLER, stackId)) {
      resource
          .nestedStackId()
          .filter(told::containsKey)
          .ifPresent(id -> made.addAll(passed(id, prefix + resource.name() + "/", told, named)));
    }
    return made;
  }

  private static void collect(
      List<PlannedStep> steps, String prefix, Map<String, PlannedStep> named, Set<String> passing) {
    for (PlannedStep step : steps) {
      String path = prefix + step.resource();
      Optional.ofNullable(named.put(path, step))
          .ifPresent(
              made -> {
                assertThat(made.kind()).isEqualTo(StepKind.CREATE);
                assertThat(step.kind()).isEqualTo(StepKind.DELETE);
                passing.add(path);
              });
      collect(step.nested(), path + "/", named, passing);
    }
  }

  private static StepKind done(
      Optional<ResourceRecord> before, Optional<ResourceRecord> after, Set<String> updated) {
    if (before.isPresent() && after.isEmpty()) {
      return StepKind.DELETE;
    }
    // A name that nothing was made for is new.
    if (before.filter(each -> each.action() != Action.INIT).isEmpty()) {
      return StepKind.CREATE;
    }
    ResourceRecord now = after.orElseThrow();
    if (!before.orElseThrow().id().equals(now.id())) {
      return StepKind.REPLACE;
    }
    return updated.contains(now.stackId() + "/" + now.name()) ? StepKind.UPDATE : StepKind.NONE;
  }

  private static Optional<String> check(
      String path, PlannedStep step, StepKind done, List<String> started) {
    // The insides of a stack that is replaced are new, whatever was there before.
    boolean same =
        step.kind() == done
            || (path.contains("/") && step.kind() == StepKind.CREATE && done == StepKind.REPLACE);
    boolean open =
        !step.certain()
            && switch (step.kind()) {
              case UPDATE -> done == StepKind.NONE;
              case REPLACE -> done == StepKind.NONE || done == StepKind.UPDATE;
              case NONE, CREATE, DELETE -> false;
            };
    if (!same && !open) {
      return Optional.of("%s: planned %s, done %s".formatted(path, step, done));
    }
    if (!step.type().equals("OS::Kubernetes::PodDeployment") || step.kind() == StepKind.DELETE) {
      return Optional.empty();
    }
    // The pod of a group's only member has the name of the group.
    boolean restarted = started.contains(path.split("/", 2)[0]);
    boolean foreseen =
        step.certain() ? step.restartsPod() == restarted : step.restartsPod() || !restarted;
    return foreseen
        ? Optional.empty()
        : Optional.of("%s: planned %s, restarted %s".formatted(path, step, restarted));
  }
}
