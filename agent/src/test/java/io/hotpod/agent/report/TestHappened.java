package io.hotpod.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.reconcile.Observed;
import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TestHappened {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final DesiredPod A = Manifests.sleeper("a", "1");

  private List<Noted> notes = List.of();
  private boolean wanted = true;

  private List<String> look(ObservedPod... pods) {
    Happened happened = Happened.since(notes, List.of(pods), note -> wanted);
    notes = happened.notes();
    return happened.happenings().stream()
        .map(each -> (each.trouble() ? "- " : "+ ") + each.podId() + ": " + each.words())
        .toList();
  }

  private static ObservedPod ready(String uid, int restarts) {
    return with(uid, true, new ContainerState.Running(NOON), restarts);
  }

  private static ObservedPod with(String uid, boolean ready, ContainerState state, int restarts) {
    ContainerStatus main =
        new ContainerStatus(
            "main",
            state,
            restarts == 0
                ? Optional.empty()
                : Optional.of(
                    new ContainerState.Terminated(
                        3, "Error", "", Optional.of(NOON), Optional.of(NOON))),
            ready,
            ready,
            restarts,
            0,
            Manifests.IMAGE,
            Optional.empty(),
            Optional.empty());
    return new ObservedPod(
        A.id(),
        "a",
        A.token(),
        PodPhase.RUNNING,
        ready,
        false,
        "",
        "",
        Optional.of(uid),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(main));
  }

  private static ObservedPod failed(int restarts) {
    return with(
        "u1",
        false,
        new ContainerState.Terminated(3, "Error", "oh", Optional.of(NOON), Optional.of(NOON)),
        restarts);
  }

  @Test
  void gettingReadyForTheFirstTimeIsNotTold() {
    assertThat(look(Observed.unready(A))).isEmpty();
    assertThat(look(ready("u1", 0))).isEmpty();
    assertThat(look(ready("u1", 0))).isEmpty();
  }

  @Test
  void anEndAndWhatComesAfterItAreToldOnce() {
    look(ready("u1", 0));
    assertThat(look(failed(0)))
        .containsExactly(
            "- a: the pod is not ready any more: container main failed with exit code 3 (Error:"
                + " oh)");
    assertThat(look(failed(1))).isEmpty();
    assertThat(look(failed(2))).isEmpty();
    assertThat(look(ready("u1", 2)))
        .containsExactly(
            "+ a: the pod is ready again; container main was started again 2 times after exit code"
                + " 3 (Error)");
    assertThat(look(ready("u1", 2))).isEmpty();
  }

  @Test
  void restartThatWasNotSeenIsTold() {
    look(ready("u1", 0));
    assertThat(look(ready("u1", 1)))
        .containsExactly("- a: container main was started again after exit code 3 (Error)");
  }

  @Test
  void podThatWasMadeAnewIsTold() {
    look(ready("u1", 0));
    assertThat(look(ready("u2", 0))).containsExactly("- a: it was made anew on its instance");
    look(failed(0));
    assertThat(look(ready("u3", 0)))
        .containsExactly("+ a: the pod is ready again; it was made anew on its instance");
  }

  @Test
  void whatWasAskedForIsNoTrouble() {
    look(ready("u1", 0));
    assertThat(look(Observed.terminating(A))).isEmpty();
    assertThat(look(ready("u2", 0))).as("the same content once more").isEmpty();
    assertThat(look(Observed.succeeded(A))).isEmpty();
    assertThat(look(ready("u3", 0))).isEmpty();
    assertThat(look(ready("u3", 0), Observed.ready(Manifests.sleeper("a", "2")))).isEmpty();
  }

  @Test
  void silenceOfTheRuntimeIsNoTrouble() {
    look(ready("u1", 0));
    assertThat(look(Observed.pod("a", "1", PodPhase.UNKNOWN, false, false))).isEmpty();
    assertThat(look()).isEmpty();
    assertThat(look(ready("u1", 0))).isEmpty();
    assertThat(look(ready("u2", 0))).hasSize(1);
  }

  @Test
  void podThatIsWantedNoMoreIsForgotten() {
    look(ready("u1", 0));
    wanted = false;
    assertThat(look()).isEmpty();
    assertThat(notes).isEmpty();
  }
}
