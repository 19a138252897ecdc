package io.hotpod.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

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

  private record Ended(Node node, Outcome outcome) {}

  /**
   * Walks the whole graph, or as far as it goes.
   *
   * @param work does one node; must not throw
   * @param stopped asked before a node is started
   * @param goOnAfterFailure start nodes whatever failed before
   * @param onFirstFailure told once, while others may still run
   * @return the outcome of each node that was started
   */
  static Map<Node, Outcome> walk(
      StepGraph graph,
      Function<Node, Outcome> work,
      BooleanSupplier stopped,
      boolean goOnAfterFailure,
      Consumer<Node> onFirstFailure) {
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
    while (true) {
      if ((!failed || goOnAfterFailure) && !stopped.getAsBoolean()) {
        for (Node node : ready) {
          Thread.ofVirtual()
              .name("step " + node.key())
              .start(() -> ended.add(new Ended(node, guarded(work, node))));
          running++;
        }
        ready.clear();
      }
      if (running == 0) {
        return outcomes;
      }
      Optional<Ended> next = take(ended);
      if (next.isEmpty()) {
        return outcomes;
      }
      running--;
      Node node = next.get().node();
      Outcome outcome = next.get().outcome();
      outcomes.put(node, outcome);
      if (outcome == Outcome.FAILED && !failed) {
        failed = true;
        onFirstFailure.accept(node);
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

  private static Outcome guarded(Function<Node, Outcome> work, Node node) {
    try {
      return work.apply(node);
    } catch (RuntimeException | Error e) {
      Thread.currentThread().getThreadGroup().uncaughtException(Thread.currentThread(), e);
      return Outcome.STOPPED;
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
