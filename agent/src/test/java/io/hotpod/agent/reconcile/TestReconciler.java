package io.hotpod.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.InMemoryRuntime;
import io.hotpod.agent.runtime.Shortfall;
import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TestReconciler {
  private final InMemoryRuntime runtime = new InMemoryRuntime();
  private final Reconciler reconciler = new Reconciler(runtime, () -> {});

  @BeforeEach
  void begin() {
    reconciler.start();
  }

  @AfterEach
  void end() {
    reconciler.close();
  }

  @Test
  void replacementIsRemovalAndThenCreation() {
    reconciler.desire(new DesiredPods(1, List.of(Manifests.sleeper("a", "1"))));
    await().until(() -> runtime.pods.size() == 1);

    reconciler.desire(new DesiredPods(2, List.of(Manifests.sleeper("a", "2"))));

    await()
        .untilAsserted(
            () ->
                assertThat(runtime.done)
                    .containsExactly("apply a 1", "prepare a 2", "remove a 1", "apply a 2"));
    assertThat(reconciler.version()).isEqualTo(2);
  }

  @Test
  void oldPodServesWhileTheNewOneIsPreparedAndStaysIfItIsWantedAgain() {
    DesiredPod old = Manifests.sleeper("a", "1");
    reconciler.desire(new DesiredPods(1, List.of(old)));
    await().until(() -> runtime.pods.size() == 1);
    Semaphore preparation = new Semaphore(0);
    runtime.preparation = preparation;

    reconciler.desire(new DesiredPods(2, List.of(Manifests.sleeper("a", "2"))));
    await().until(() -> runtime.done.contains("prepare a 2"));
    assertThat(runtime.done).doesNotContain("remove a 1");
    reconciler.desire(new DesiredPods(3, List.of(old, Manifests.sleeper("b", "1"))));
    await().until(() -> runtime.done.contains("apply b 1"));
    preparation.release();
    reconciler.desire(new DesiredPods(4, List.of(old)));

    await().until(() -> runtime.done.contains("remove b 1"));
    assertThat(runtime.done).doesNotContain("remove a 1");
  }

  @Test
  void oldPodServesOnWhileTheImageOfTheNewOneCannotBeHad() {
    reconciler.desire(new DesiredPods(1, List.of(Manifests.sleeper("a", "1"))));
    await().until(() -> runtime.pods.size() == 1);
    DesiredPod mistyped = Manifests.sleeper("a", "2");
    runtime.shortfalls.put(mistyped.token(), new Shortfall("ErrImagePull", "manifest unknown"));

    reconciler.desire(new DesiredPods(2, List.of(mistyped)));

    await().until(() -> reconciler.observe().size() == 2);
    ObservedPod told = reconciler.observe().getLast();
    assertThat(told.token()).isEqualTo(mistyped.token());
    assertThat(told.phase()).isEqualTo(PodPhase.PENDING);
    assertThat(told.reason()).isEqualTo("ErrImagePull");
    assertThat(told.message()).contains("manifest unknown", "is kept");
    reconciler.desire(new DesiredPods(3, List.of(mistyped, Manifests.sleeper("b", "1"))));
    await().until(() -> runtime.done.contains("apply b 1"));
    assertThat(runtime.done).containsOnlyOnce("prepare a 2").doesNotContain("remove a 1");

    reconciler.desire(new DesiredPods(4, List.of(Manifests.sleeper("a", "3"))));

    await().until(() -> runtime.done.contains("apply a 3"));
    assertThat(runtime.done).contains("remove a 1").doesNotContain("apply a 2");
    assertThat(reconciler.observe()).noneMatch(pod -> pod.token().equals(mistyped.token()));
  }

  @Test
  void oldPodDoesNotGoForAContentThatIsWantedNoMore() {
    reconciler.desire(new DesiredPods(1, List.of(Manifests.sleeper("a", "1"))));
    await().until(() -> runtime.pods.size() == 1);
    Semaphore preparation = new Semaphore(0);
    runtime.preparation = preparation;
    reconciler.desire(new DesiredPods(2, List.of(Manifests.sleeper("a", "2"))));
    await().until(() -> runtime.done.contains("prepare a 2"));
    DesiredPod mistyped = Manifests.sleeper("a", "3");
    runtime.shortfalls.put(mistyped.token(), new Shortfall("ErrImagePull", "manifest unknown"));

    reconciler.desire(new DesiredPods(3, List.of(mistyped)));
    preparation.release(2);

    await().until(() -> reconciler.observe().size() == 2);
    assertThat(reconciler.observe().getLast().token()).isEqualTo(mistyped.token());
    assertThat(runtime.done).containsExactly("apply a 1", "prepare a 2", "prepare a 3");
  }

  @Test
  void oldPodThatServesNobodyGoesThoughTheImageOfTheNewOneCannotBeHad() {
    DesiredPod mistyped = Manifests.sleeper("a", "2");
    runtime.shortfalls.put(mistyped.token(), new Shortfall("ErrImagePull", "manifest unknown"));
    runtime.pods.add(Observed.unready(Manifests.sleeper("a", "1")));

    reconciler.desire(new DesiredPods(1, List.of(mistyped)));

    await().until(() -> runtime.done.contains("apply a 2"));
    assertThat(runtime.done).containsExactly("prepare a 2", "remove a 1", "apply a 2");
  }

  @Test
  void imageThatCannotBeHadAgainAndAgainIsAFailure() {
    DesiredPod mistyped = Manifests.sleeper("a", "2");
    Preparations preparations = new Preparations();
    for (int i = 0; i < 2; i++) {
      preparations.missed(mistyped, new Shortfall("ErrImagePull", "manifest unknown"));
    }
    assertThat(preparations.of(mistyped).map(Placeholders::unprepared).map(ObservedPod::phase))
        .contains(PodPhase.PENDING);
    assertThat(preparations.due(mistyped)).isFalse();
    assertThat(preparations.due(Manifests.sleeper("a", "3"))).isTrue();
    assertThat(preparations.next(Duration.ofSeconds(60)))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));

    preparations.missed(mistyped, new Shortfall("ErrImagePull", "manifest unknown"));
    assertThat(preparations.of(mistyped).map(Placeholders::unprepared).map(ObservedPod::phase))
        .contains(PodPhase.FAILED);
  }

  @Test
  void startFirstThatPortsForbidIsToldWithTheOldPod() {
    String spec =
        "{'containers':[{'name':'m','image':'IMAGE',"
            + "'ports':[{'containerPort':80,'hostPort':8080}]}]}";
    reconciler.desire(
        new DesiredPods(1, List.of(Manifests.startFirst(Manifests.pod("a", "1", spec)))));
    await().until(() -> runtime.pods.size() == 1);
    runtime.preparation = new Semaphore(0);

    reconciler.desire(
        new DesiredPods(2, List.of(Manifests.startFirst(Manifests.pod("a", "2", spec)))));

    await()
        .untilAsserted(
            () ->
                assertThat(reconciler.observe())
                    .singleElement()
                    .extracting(ObservedPod::message)
                    .isEqualTo(
                        "its content changed; the old pod has port 8080/TCP of the machine too, so"
                            + " it goes first in spite of START_FIRST"));
  }

  @Test
  void podsComeInTheOrderThatTheSetStates() {
    DesiredPod first = Manifests.sleeper("first", "1");
    DesiredPod second = Manifests.after(Manifests.sleeper("second", "1"), "first");
    DesiredPod third = Manifests.after(Manifests.sleeper("third", "1"), "second");

    reconciler.desire(new DesiredPods(1, List.of(third, second, first)));

    await()
        .untilAsserted(
            () ->
                assertThat(runtime.done)
                    .containsExactly("apply first 1", "apply second 1", "apply third 1"));
  }

  @Test
  void nothingIsRemovedBeforeADesiredSetIsKnown() {
    runtime.pods.add(Observed.ready(Manifests.sleeper("a", "1")));
    runtime.changed();
    reconciler.desire(new DesiredPods(1, List.of(Manifests.sleeper("b", "1"))));

    await().until(() -> runtime.done.size() == 2);
    assertThat(runtime.done).containsExactlyInAnyOrder("remove a 1", "apply b 1");
  }

  @Test
  void silentRuntimeIsNotAnEmptyOne() {
    runtime.silent.set(true);
    reconciler.desire(new DesiredPods(1, List.of(Manifests.sleeper("a", "1"))));

    await().until(() -> !reconciler.observe().isEmpty());
    assertThat(reconciler.observe().getFirst().phase()).isEqualTo(PodPhase.UNKNOWN);
    assertThat(runtime.done).isEmpty();
    runtime.silent.set(false);
    runtime.changed();
    await().until(() -> runtime.done.equals(List.of("apply a 1")));
  }

  @Test
  void failedRemovalIsRepeatedAndHoldsUpNobody() {
    reconciler.desire(
        new DesiredPods(1, List.of(Manifests.sleeper("a", "1"), Manifests.sleeper("b", "1"))));
    await().until(() -> runtime.pods.size() == 2);
    runtime.failures.set(1);

    reconciler.desire(new DesiredPods(2, List.of(Manifests.sleeper("b", "1"))));
    reconciler.desire(
        new DesiredPods(3, List.of(Manifests.sleeper("b", "1"), Manifests.sleeper("c", "1"))));

    await().until(() -> runtime.done.contains("apply c 1"));
    await().atMost(Duration.ofSeconds(15)).until(() -> runtime.done.contains("remove a 1"));
  }

  @Test
  void podThatNobodyCouldForeseeIsToldAndStopsNobody() {
    runtime.breakRefusal.add("odd");
    runtime.breakApply.add("bad");

    reconciler.desire(
        new DesiredPods(
            1,
            List.of(
                Manifests.sleeper("odd", "1"),
                Manifests.sleeper("bad", "1"),
                Manifests.sleeper("good", "1"))));

    await().until(() -> runtime.done.contains("apply good 1"));
    await().until(() -> reconciler.observe().size() == 3);
    assertThat(reconciler.observe())
        .extracting(pod -> pod.id() + " " + pod.phase() + " " + pod.message())
        .containsExactlyInAnyOrder(
            "good RUNNING ",
            "odd FAILED its manifest cannot be worked with: java.lang.IllegalStateException: this"
                + " content breaks whoever judges it",
            "bad PENDING it cannot be started: java.lang.IllegalStateException: this content breaks"
                + " whoever applies it; trying again");

    runtime.breakApply.clear();
    runtime.changed();
    await().until(() -> runtime.done.contains("apply bad 1"));
  }

  @Test
  void runtimeThatBreaksOnceIsLookedAtAgain() {
    runtime.blindness.set(2);

    reconciler.desire(new DesiredPods(1, List.of(Manifests.sleeper("a", "1"))));

    await().until(() -> runtime.done.contains("apply a 1"));
  }

  @Test
  void heldPodIsShownWithWhatItWaitsFor() {
    DesiredPod first = Manifests.suspended(Manifests.sleeper("first", "1"));
    DesiredPod second = Manifests.after(Manifests.sleeper("second", "1"), "first");

    reconciler.desire(new DesiredPods(1, List.of(first, second)));

    await().until(() -> reconciler.observe().size() == 1);
    assertThat(reconciler.observe().getFirst().id()).isEqualTo("second");
    assertThat(reconciler.observe().getFirst().message())
        .isEqualTo("waits until pod first is ready, which is suspended");
  }
}
