package io.hotpod.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Walks a graph: each node on a virtual thread of its own as soon as all before it are done. After
 * a failure nothing new is started; what runs is waited for.
 */
final class GraphWalker {
  private GraphWalker() {}

  /** How a node ended. */
  enum Outcome {
    DONE,
    FAILED,
    /** Left where it was because the operation was told to stop. */
    STOPPED
  }

  private record Ended(Node node, Outcome outcome, Optional<Throwable> thrown) {}

  /** A node threw what says nothing of its resource; the operation is to be carried out again. */
  static final class Broken extends IllegalStateException {
    private static final long serialVersionUID = 1;

    Broken(Throwable cause) {
      super("a step broke off: " + cause.getMessage(), cause);
    }
  }

  /**
   * Walks the whole graph, or as far as it goes.
   *
   * @param work does one node; what it throws ends the walk once nothing runs any more, except that
   *     {@link Parked} node goes on when it says so
   * @param stopped asked before a node is started
   * @param goOnAfterFailure start nodes whatever failed before
   * @param onFirstFailure told once, while others may still run
   * @param onBroken told once that a node threw, while others may still run
   * @return the outcome of each node that was started
   * @throws Broken when a node threw
   */
  static Map<Node, Outcome> walk(
      StepGraph graph,
      Function<Node, Outcome> work,
      BooleanSupplier stopped,
      boolean goOnAfterFailure,
      Consumer<Node> onFirstFailure,
      Runnable onBroken) {
    Map<Node, Set<Node>> successors = graph.successors();
    Map<Node, Integer> waitingFor = new HashMap<>();
    List<Node> ready = new ArrayList<>();
    graph
        .predecessors()
        .forEach(
            (node, before) -> {
              waitingFor.put(node, before.size());
              if (before.isEmpty()) {
                ready.add(node);
              }
            });
    BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    Map<Node, Outcome> outcomes = new LinkedHashMap<>();
    int running = 0;
    boolean failed = false;
    Optional<Throwable> broken = Optional.empty();
    while (true) {
      if (broken.isEmpty() && (!failed || goOnAfterFailure) && !stopped.getAsBoolean()) {
        for (Node node : ready) {
          Thread.ofVirtual()
              .name("step " + node.key())
              .start(() -> run(node, () -> work.apply(node), ended));
          running++;
        }
        ready.clear();
      }
      if (running == 0) {
        if (broken.isPresent()) {
          throw new Broken(broken.get());
        }
        return outcomes;
      }
      Optional<Ended> next = take(ended);
      if (next.isEmpty()) {
        return outcomes;
      }
      running--;
      Node node = next.get().node();
      Outcome outcome = next.get().outcome();
      if (broken.isEmpty() && next.get().thrown().isPresent()) {
        broken = next.get().thrown();
        onBroken.run();
      }
      outcomes.put(node, outcome);
      if (outcome == Outcome.FAILED && !failed) {
        failed = true;
        try {
          onFirstFailure.accept(node);
        } catch (RuntimeException e) {
          broken = Optional.of(broken.orElse(e));
          onBroken.run();
        }
      }
      if (outcome == Outcome.DONE || (outcome == Outcome.FAILED && goOnAfterFailure)) {
        for (Node later : successors.getOrDefault(node, Set.of())) {
          if (waitingFor.merge(later, -1, Integer::sum) == 0) {
            ready.add(later);
          }
        }
      }
    }
  }

  /** Does a node, or what is left of it; if it is parked, another thread comes back to it. */
  private static void run(Node node, Supplier<Outcome> work, Queue<Ended> ended) {
    try {
      ended.add(new Ended(node, work.get(), Optional.empty()));
    } catch (Parked parked) {
      parked.whenDue(rest -> run(node, rest, ended));
    } catch (RuntimeException | Error e) {
      ended.add(new Ended(node, Outcome.STOPPED, Optional.of(e)));
    }
  }

  private static Optional<Ended> take(BlockingQueue<Ended> ended) {
    try {
      return Optional.of(ended.take());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
