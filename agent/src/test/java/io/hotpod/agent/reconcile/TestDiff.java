package io.hotpod.agent.reconcile;

import static io.hotpod.agent.runtime.podman.Manifests.after;
import static io.hotpod.agent.runtime.podman.Manifests.sleeper;
import static io.hotpod.agent.runtime.podman.Manifests.startFirst;
import static io.hotpod.agent.runtime.podman.Manifests.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.ObservedPod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TestDiff {
  private static final DesiredPod A1 = sleeper("a", "1");
  private static final DesiredPod A2 = sleeper("a", "2");
  private static final DesiredPod A3 = sleeper("a", "3");
  private static final DesiredPod B = sleeper("b", "1");
  private static final DesiredPod B_AFTER_A = after(B, "a");

  private static Arguments row(
      String name, List<DesiredPod> desired, List<ObservedPod> observed, String... tasks) {
    return Arguments.of(name, desired, observed, List.of(tasks));
  }

  static Stream<Arguments> rows() {
    DesiredPod first = startFirst(A2);
    return Stream.of(
        row("nothing at all", List.of(), List.of()),
        row("new pod", List.of(A1), List.of(), "Create a 1"),
        row("same content", List.of(A1), List.of(Observed.ready(A1)), "Keep a 1"),
        row("same content, not ready", List.of(A1), List.of(Observed.unready(A1)), "Keep a 1"),
        row("not desired", List.of(), List.of(Observed.ready(A1)), "Remove a 1"),
        row("not desired, going already", List.of(), List.of(Observed.terminating(A1))),
        row("suspended", List.of(suspended(A1)), List.of(Observed.ready(A1)), "Remove a 1"),
        row("suspended and gone", List.of(suspended(A1)), List.of()),
        row(
            "suspended, what needs it goes first",
            List.of(suspended(A1), suspended(B_AFTER_A)),
            List.of(Observed.ready(A1), Observed.ready(B)),
            "Hold a",
            "Remove b 1"),
        row(
            "suspended, what needs it is going",
            List.of(suspended(A1), suspended(B_AFTER_A)),
            List.of(Observed.ready(A1), Observed.terminating(B)),
            "Hold a"),
        row(
            "suspended, what needed it is gone",
            List.of(suspended(A1), suspended(B_AFTER_A)),
            List.of(Observed.ready(A1)),
            "Remove a 1"),
        row(
            "suspended alone does not wait for what needs it",
            List.of(suspended(A1), B_AFTER_A),
            List.of(Observed.ready(A1), Observed.ready(B)),
            "Remove a 1",
            "Keep b 1"),
        row("changed", List.of(A2), List.of(Observed.ready(A1)), "Replace a 1"),
        row("changed, old one going", List.of(A2), List.of(Observed.terminating(A1)), "Hold a"),
        row("same one going", List.of(A1), List.of(Observed.terminating(A1)), "Hold a"),
        row(
            "changed beside an unchanged one",
            List.of(A2, B),
            List.of(Observed.ready(A1), Observed.ready(B)),
            "Replace a 1",
            "Keep b 1"),
        row("after one that is missing", List.of(A1, B_AFTER_A), List.of(), "Create a 1", "Hold b"),
        row(
            "after one that is not ready",
            List.of(A1, B_AFTER_A),
            List.of(Observed.unready(A1)),
            "Keep a 1",
            "Hold b"),
        row(
            "after one that is ready",
            List.of(A1, B_AFTER_A),
            List.of(Observed.ready(A1)),
            "Keep a 1",
            "Create b 1"),
        row(
            "after one that completed",
            List.of(A1, B_AFTER_A),
            List.of(Observed.succeeded(A1)),
            "Keep a 1",
            "Create b 1"),
        row(
            "after one whose old content is ready",
            List.of(A2, B_AFTER_A),
            List.of(Observed.ready(A1)),
            "Replace a 1",
            "Hold b"),
        row(
            "running is not stopped when what it came after is not ready",
            List.of(A1, B_AFTER_A),
            List.of(Observed.unready(A1), Observed.ready(B)),
            "Keep a 1",
            "Keep b 1"),
        row(
            "stopped waits for what it comes after",
            List.of(A1, B_AFTER_A),
            List.of(Observed.stopped(A1), Observed.stopped(B)),
            "Keep a 1",
            "Hold b"),
        row(
            "stopped is started once what it comes after is ready",
            List.of(A1, B_AFTER_A),
            List.of(Observed.ready(A1), Observed.stopped(B)),
            "Keep a 1",
            "Keep b 1"),
        row(
            "stopped beside an older one waits and the old one stays",
            List.of(A1, startFirst(after(sleeper("b", "2"), "a"))),
            List.of(Observed.unready(A1), Observed.ready(B), Observed.stopped(sleeper("b", "2"))),
            "Keep a 1",
            "Hold b"),
        row("stopped and not desired", List.of(), List.of(Observed.stopped(A1)), "Remove a 1"),
        row("after one of another set", List.of(after(B, "z")), List.of(), "Create b 1"),
        row(
            "replacement waits and the old one stays",
            List.of(A1, after(sleeper("b", "2"), "a")),
            List.of(Observed.unready(A1), Observed.ready(B)),
            "Keep a 1",
            "Hold b"),
        row("start first", List.of(first), List.of(Observed.ready(A1)), "Create a 2"),
        row(
            "start first, new one not ready",
            List.of(first),
            List.of(Observed.ready(A1), Observed.unready(A2)),
            "Keep a 2"),
        row(
            "start first, new one ready",
            List.of(first),
            List.of(Observed.ready(A1), Observed.ready(A2)),
            "Keep a 2",
            "Remove a 1"),
        row(
            "start first, a middle one that never was ready",
            List.of(startFirst(A3)),
            List.of(Observed.ready(A1), Observed.unready(A2), Observed.unready(A3)),
            "Keep a 3",
            "Remove a 2"));
  }

  private static List<Task> tasks(List<DesiredPod> desired, List<ObservedPod> observed) {
    return Diff.tasks(
        new DesiredIndex(new DesiredPods(1, desired)),
        observed,
        pod -> Optional.empty(),
        pod -> held(pod.token().value()));
  }

  @Test
  void contentThatIsRefusedEndsNoPod() {
    List<Task> tasks =
        Diff.tasks(
            new DesiredIndex(new DesiredPods(1, List.of(A2, B))),
            List.of(Observed.ready(A1)),
            pod -> pod.equals(A2) ? Optional.of("it is wrong") : Optional.empty(),
            pod -> Optional.empty());

    assertThat(tasks)
        .containsExactly(new Task.Refuse(A2, "it is wrong"), new Task.Create(B, "it is not there"));
  }

  @Test
  void whatIsThereIsNotAskedAboutAgain() {
    assertThat(
            Diff.tasks(
                new DesiredIndex(new DesiredPods(1, List.of(A1))),
                List.of(Observed.ready(A1)),
                pod -> Optional.of("it is wrong"),
                pod -> Optional.empty()))
        .containsExactly(new Task.Keep(A1, "its content is unchanged"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void tasksFollowFromTheSets(
      String name, List<DesiredPod> desired, List<ObservedPod> observed, List<String> tasks) {
    assertThat(tasks(desired, observed)).extracting(TestDiff::words).isEqualTo(tasks);
  }

  /** A pod whose token says which ports of the machine it has, such as {@code ports-80-81}. */
  private static DesiredPod ports(String token) {
    String declared =
        Stream.of(token.split("-", -1))
            .skip(1)
            .map(port -> "{'containerPort':80,'hostPort':" + port + "}")
            .collect(Collectors.joining(","));
    return startFirst(
        Manifests.pod(
            "a",
            token,
            "{'containers':[{'name':'m','image':'IMAGE','ports':[" + declared + "]}]}"));
  }

  private static Optional<HostPorts> held(String token) {
    return token.startsWith("ports")
        ? Optional.of(HostPorts.of(ports(token).pod()))
        : Optional.empty();
  }

  static Stream<Arguments> portRows() {
    DesiredPod first = ports("ports-81");
    return Stream.of(
        row(
            "other ports than the old pod has",
            List.of(first),
            List.of(Observed.ready(ports("ports-80"))),
            "Create a ports-81"),
        row(
            "one port more, and the old one kept",
            List.of(ports("ports-80-81")),
            List.of(Observed.ready(ports("ports-80"))),
            "Replace a ports-80"),
        row(
            "the old pod has none",
            List.of(first),
            List.of(Observed.ready(ports("ports"))),
            "Create a ports-81"),
        row(
            "the new pod has none, whatever the old one has",
            List.of(startFirst(A2)),
            List.of(Observed.ready(A1), Observed.ready(ports("ports-80"))),
            "Create a 2"),
        row(
            "nobody knows what the old pod has",
            List.of(first),
            List.of(Observed.ready(A1)),
            "Replace a 1"),
        row(
            "only the pod that is in the way goes first",
            List.of(first),
            List.of(Observed.ready(ports("ports-80")), Observed.unready(ports("ports-81-82"))),
            "Replace a ports-81-82"),
        row(
            "what was in the way is going, and the other one stays",
            List.of(first),
            List.of(Observed.ready(ports("ports-80")), Observed.terminating(ports("ports-81-82"))),
            "Hold a"),
        row(
            "what is going is not in the way",
            List.of(first),
            List.of(Observed.terminating(ports("ports-80"))),
            "Create a ports-81"),
        row(
            "side by side until the new one is ready",
            List.of(first),
            List.of(Observed.ready(ports("ports-80")), Observed.unready(first)),
            "Keep a ports-81"),
        row(
            "side by side, the new one is ready",
            List.of(first),
            List.of(Observed.ready(ports("ports-80")), Observed.ready(first)),
            "Keep a ports-81",
            "Remove a ports-80"),
        row(
            "both are there and cannot both be",
            List.of(first),
            List.of(Observed.ready(ports("ports-81-82")), Observed.unready(first)),
            "Keep a ports-81",
            "Remove a ports-81-82"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("portRows")
  void startFirstHoldsAsLongAsThePortsAllow(
      String name, List<DesiredPod> desired, List<ObservedPod> observed, List<String> tasks) {
    assertThat(tasks(desired, observed)).extracting(TestDiff::words).isEqualTo(tasks);
  }

  @Test
  void startFirstThatCannotBeFollowedSaysWhy() {
    assertThat(tasks(List.of(ports("ports-80-81")), List.of(Observed.ready(ports("ports-79-81")))))
        .extracting(Task::reason)
        .containsExactly(
            "its content changed; the old pod has port 81/TCP of the machine too, so it goes first"
                + " in spite of START_FIRST");
    assertThat(tasks(List.of(ports("ports-81")), List.of(Observed.ready(A1))))
        .extracting(Task::reason)
        .containsExactly(
            "its content changed; it uses ports of the machine and those of the old pod are not"
                + " known, so the old pod goes first in spite of START_FIRST");
    assertThat(Coexistence.remark(ports("ports-80")))
        .contains(
            "it has port 80/TCP of the machine: an update that keeps it is done as RECREATE in"
                + " spite of START_FIRST");
    assertThat(Coexistence.remark(startFirst(A1))).isEmpty();
  }

  @Test
  void everyTaskSaysWhy() {
    List<Task> tasks =
        tasks(
            List.of(A1, B_AFTER_A),
            List.of(Observed.ready(sleeper("gone", "1")), Observed.unready(A1)));

    assertThat(tasks)
        .extracting(Task::reason)
        .containsExactly(
            "it is in no desired set any more",
            "its content is unchanged",
            "waits until pod a is ready");
  }

  private static String words(Task task) {
    return switch (task) {
      case Task.Keep keep -> "Keep " + keep.podId() + " " + keep.pod().token();
      case Task.Create create -> "Create " + create.podId() + " " + create.pod().token();
      case Task.Replace replace -> "Replace " + replace.podId() + " " + replace.old();
      case Task.Remove remove -> "Remove " + remove.podId() + " " + remove.token();
      case Task.Hold hold -> "Hold " + hold.podId();
      case Task.Refuse refusal -> "Refuse " + refusal.podId();
    };
  }
}
