package io.hotpod.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

final class TestConvergeGraph {
  private static ResourceRecord resource(String id, String name, Set<String> requires) {
    return new ResourceRecord(
        id,
        "stack",
        name,
        "OS::Heat::None",
        "OS::Heat::None",
        1,
        Optional.of(id),
        Action.CREATE,
        Status.COMPLETE,
        "",
        Optional.empty(),
        JsonNodeFactory.instance.objectNode(),
        Optional.empty(),
        JsonNodeFactory.instance.objectNode(),
        requires,
        "definition",
        "operation",
        Optional.empty(),
        false,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  @Test
  void removalFollowsTheNameAndEverythingThatDependedOnIt() {
    StepGraph graph =
        ConvergeGraph.converge(
            Map.of("a", Set.of(), "b", Set.of("a")),
            List.of(resource("1", "a", Set.of()), resource("2", "b", Set.of("a"))));

    assertThat(graph.predecessors())
        .containsEntry(new Node.Apply("b"), Set.of(new Node.Apply("a")))
        .containsEntry(new Node.Clean("1"), Set.of(new Node.Apply("a"), new Node.Clean("2")))
        .containsEntry(new Node.Clean("2"), Set.of(new Node.Apply("b")));
  }

  @Test
  void incarnationsThatDependOnEachOtherInACircleAreStillRemoved() {
    StepGraph graph =
        ConvergeGraph.converge(
            Map.of(), List.of(resource("1", "a", Set.of("b")), resource("2", "b", Set.of("a"))));

    assertThat(graph.isAcyclic()).isTrue();
    assertThat(graph.predecessors()).hasSize(2);
  }

  @Test
  void suspendGoesTheOtherWayRound() {
    StepGraph graph =
        ConvergeGraph.touch(List.of(resource("1", "a", Set.of()), resource("2", "b", Set.of("a"))));

    assertThat(graph.predecessors().get(new Node.Touch("b"))).containsExactly(new Node.Touch("a"));
    assertThat(graph.reversed().predecessors().get(new Node.Touch("a")))
        .containsExactly(new Node.Touch("b"));
  }

  @Property(tries = 100)
  void everyGraphIsWalkedOnceInAnOrderThatRespectsIt(@ForAll long seed) {
    Random random = new Random(seed);
    Map<String, Set<String>> target = new LinkedHashMap<>();
    List<ResourceRecord> existing = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Set<String> dependencies = new HashSet<>();
      for (int j = 0; j < i; j++) {
        if (random.nextInt(4) == 0) {
          dependencies.add("r" + j);
        }
      }
      target.put("r" + i, dependencies);
      if (random.nextBoolean()) {
        existing.add(resource("id" + i, "r" + i, dependencies));
      }
    }
    StepGraph graph = ConvergeGraph.converge(target, existing);
    // Looked through by one step while another adds itself.
    List<Node> walked = new CopyOnWriteArrayList<>();

    GraphWalker.walk(
        graph,
        node -> {
          assertThat(walked).containsAll(graph.predecessors().getOrDefault(node, Set.of()));
          walked.add(node);
          return GraphWalker.Outcome.DONE;
        },
        () -> false,
        false,
        node -> {},
        () -> {});

    assertThat(walked).containsExactlyInAnyOrderElementsOf(graph.predecessors().keySet());
  }

  @Test
  void afterAFailureNothingNewIsStarted() {
    StepGraph graph = ConvergeGraph.converge(Map.of("a", Set.of(), "b", Set.of("a")), List.of());

    Map<Node, GraphWalker.Outcome> outcomes =
        GraphWalker.walk(
            graph, node -> GraphWalker.Outcome.FAILED, () -> false, false, node -> {}, () -> {});

    assertThat(outcomes).containsOnlyKeys(new Node.Apply("a"));
  }

  @Test
  void whatANodeThrowsEndsTheWalkWhenNothingRunsAnyMore() {
    StepGraph graph =
        ConvergeGraph.converge(
            Map.of("a", Set.of(), "b", Set.of(), "after", Set.of("a", "b")), List.of());
    CountDownLatch broken = new CountDownLatch(1);
    Set<Node> ended = ConcurrentHashMap.newKeySet();

    assertThatThrownBy(
            () ->
                GraphWalker.walk(
                    graph,
                    node -> {
                      if (node.equals(new Node.Apply("a"))) {
                        throw new IllegalStateException("gone");
                      }
                      await(broken);
                      ended.add(node);
                      return GraphWalker.Outcome.DONE;
                    },
                    () -> false,
                    false,
                    node -> {},
                    broken::countDown))
        .isInstanceOf(GraphWalker.Broken.class)
        .hasMessageContaining("gone");

    assertThat(ended).as("what ran has ended").containsExactly(new Node.Apply("b"));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
