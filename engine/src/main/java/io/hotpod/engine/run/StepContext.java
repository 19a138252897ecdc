package io.hotpod.engine.run;

import io.hotpod.engine.resource.NestedStacks;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.engine.wake.Watch;
import io.hotpod.template.ResourceFacade;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** One step's view of the engine. */
final class StepContext implements ResourceContext {
  private final Stack stack;
  private final ResourceRecord resource;
  private final ObjectNode properties;
  private final Supplier<List<ResourceRecord>> requirements;
  private final ResourceFacade facade;
  private final NestedStacks nested;
  private final Clock clock;
  private final TimeLeft timeLeft;
  private final Wakeups wakeups;
  private final StopSignal stop;
  private final Consumer<String> progress;
  private final Consumer<ObjectNode> memory;
  private String lastProgress;

  StepContext(
      Stack stack,
      ResourceRecord resource,
      ObjectNode properties,
      Supplier<List<ResourceRecord>> requirements,
      ResourceFacade facade,
      NestedStacks nested,
      Clock clock,
      TimeLeft timeLeft,
      Wakeups wakeups,
      StopSignal stop,
      Consumer<String> progress,
      Consumer<ObjectNode> memory,
      String lastProgress) {
    this.stack = stack;
    this.resource = resource;
    this.properties = properties;
    this.requirements = requirements;
    this.facade = facade;
    this.nested = nested;
    this.clock = clock;
    this.timeLeft = timeLeft;
    this.wakeups = wakeups;
    this.stop = stop;
    this.progress = progress;
    this.memory = memory;
    this.lastProgress = lastProgress;
  }

  @Override
  public Stack stack() {
    return stack;
  }

  @Override
  public ResourceRecord resource() {
    return resource;
  }

  @Override
  public ObjectNode properties() {
    return properties;
  }

  @Override
  public List<ResourceRecord> requirements() {
    return requirements.get();
  }

  @Override
  public ResourceFacade facade() {
    return facade;
  }

  @Override
  public NestedStacks nested() {
    return nested;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public <T> Optional<T> await(
      List<String> topics, Duration limit, Supplier<Optional<T>> condition) {
    Duration untilDeadline = timeLeft.now();
    boolean deadlineFirst = untilDeadline.compareTo(limit) < 0;
    Optional<Optional<T>> ended =
        wakeups.await(
            withStop(topics),
            deadlineFirst ? untilDeadline : limit,
            () -> {
              Optional<T> value = condition.get();
              // A value counts even if the operation was told to stop: the work is done.
              return value.isPresent() || stop.isStopped() ? Optional.of(value) : Optional.empty();
            });
    return ended.isPresent() && ended.get().isPresent() ? ended.get() : nothing(deadlineFirst);
  }

  @Override
  public <T> Optional<T> awaitAnew(
      List<String> topics, Duration limit, Supplier<Optional<T>> condition, Runnable givenUp) {
    Duration untilDeadline = timeLeft.now();
    boolean deadlineFirst = untilDeadline.compareTo(limit) < 0;
    Duration longest = deadlineFirst ? untilDeadline : limit;
    Watch watch = wakeups.watch(withStop(topics));
    boolean parked = false;
    try {
      Optional<T> value = condition.get();
      if (value.isPresent()) {
        return value;
      }
      if (longest.isPositive() && !stop.isStopped()) {
        parked = true;
        throw Parked.until(
            watch,
            longest,
            wakeups.longestSleep(),
            () -> stop.isStopped() || condition.get().isPresent(),
            lastProgress);
      }
      if (!stop.reason().isToBeContinued()) {
        givenUp.run();
      }
      return nothing(deadlineFirst);
    } finally {
      if (!parked) {
        watch.end();
      }
    }
  }

  private List<String> withStop(List<String> topics) {
    List<String> all = new ArrayList<>(topics);
    all.add(stop.topic());
    return all;
  }

  /** What a wait comes to that has ended without a value. */
  private <T> Optional<T> nothing(boolean deadlineFirst) {
    if (stop.isStopped()) {
      throw new StopSignal.Stopped();
    }
    if (deadlineFirst) {
      throw new ResourceFailure(
          "Timed out" + (lastProgress.isEmpty() ? "" : " while " + lastProgress));
    }
    return Optional.empty();
  }

  @Override
  public void remember(ObjectNode data) {
    memory.accept(data);
  }

  @Override
  public void progress(String words) {
    if (!words.equals(lastProgress)) {
      lastProgress = words;
      progress.accept(words);
    }
  }
}
