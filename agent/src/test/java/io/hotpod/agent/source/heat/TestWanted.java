package io.hotpod.agent.source.heat;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class TestWanted {
  private static final DesiredPods BEFORE =
      new DesiredPods(4, Wanted.of(read(HeatConfig.of("c1", "CREATE")), DesiredPods.NONE).pods());
  private static final DesiredPod POD = BEFORE.pods().getFirst();

  private static List<HeatDeployment> read(HeatConfig... configs) {
    return Arrays.stream(configs).map(HeatConfig::read).toList();
  }

  private static Wanted after(HeatConfig... configs) {
    return Wanted.of(read(configs), BEFORE);
  }

  private static Outcome settled(Wanted wanted, int index) {
    return ((Expectation.Settled) wanted.expectations().get(index)).outcome();
  }

  @Test
  void wantsAPodOfEachDeploymentInTheirOrder() {
    Wanted wanted =
        after(
            HeatConfig.of("c1", "CREATE").resource("b"),
            HeatConfig.of("c2", "CREATE").resource("a"));

    assertThat(wanted.expectations())
        .extracting(expectation -> expectation.deployment().id())
        .containsExactly("c1", "c2");
    assertThat(wanted.pods())
        .extracting(DesiredPod::id)
        .containsExactly(
            wanted.expectations().get(0).deployment().podId(),
            wanted.expectations().get(1).deployment().podId());
  }

  @Test
  void podsStartAfterThoseThatTheyName() {
    List<DesiredPod> pods =
        after(
                named("c1", "deployment", "front").input("hotpod_after", "db, cache ,nosuch,front"),
                named("c2", "db", "store"),
                named("c3", "cached", "cache")
                    .input("hotpod_after", "Json", JsonMapper.shared().readTree("[\"shop/db\"]")))
            .pods();

    assertThat(pods.get(0).after())
        .as("by the name of a resource and of a pod, and never after itself")
        .containsExactly(pods.get(1).id(), pods.get(2).id(), "nosuch");
    assertThat(pods.get(1).after()).isEmpty();
    assertThat(pods.get(2).after()).containsExactly(pods.get(1).id());
  }

  private static HeatConfig named(String id, String resource, String pod) {
    return HeatConfig.of(id, "CREATE").resource(resource).input("hotpod_pod_name", pod);
  }

  @Test
  void newConfigWithEqualContentChangesNoPodAndIsWaitedFor() {
    Wanted wanted = after(HeatConfig.of("c2", "UPDATE"));

    assertThat(wanted.pods()).isEqualTo(BEFORE.pods());
    assertThat(wanted.expectations().getFirst())
        .isInstanceOfSatisfying(
            Expectation.Up.class, up -> assertThat(up.deployment().id()).isEqualTo("c2"));
  }

  @Test
  void suspendKeepsTheConfigurationWithoutAPodAndResumeStartsTheSame() {
    Wanted suspended = after(HeatConfig.of("c2", "SUSPEND"));

    assertThat(suspended.pods().getFirst().run()).isFalse();
    assertThat(suspended.pods().getFirst().token()).isEqualTo(POD.token());
    assertThat(suspended.expectations().getFirst()).isInstanceOf(Expectation.Down.class);
    assertThat(after(HeatConfig.of("c3", "RESUME")).pods()).containsExactly(POD);
  }

  @Test
  void deleteWantsThePodGone() {
    Wanted wanted = after(HeatConfig.of("c2", "DELETE"));

    assertThat(wanted.pods()).isEmpty();
    assertThat(wanted.expectations().getFirst()).isInstanceOf(Expectation.Down.class);
  }

  @Test
  void recordThatIsGoneWantsThePodGone() {
    assertThat(after()).isEqualTo(new Wanted(List.of(), List.of()));
  }

  @Test
  void badConfigFailsAloneAndLeavesItsPodAsItIs() {
    Wanted wanted =
        after(
            HeatConfig.of("c2", "UPDATE").manifest("{\"version\": \"v1beta2\"}"),
            HeatConfig.of("c3", "CREATE").resource("other"));

    assertThat(wanted.pods()).hasSize(2).startsWith(POD);
    assertThat(settled(wanted, 0).success()).isFalse();
    assertThat(settled(wanted, 0).words()).contains("containers");
    assertThat(wanted.expectations().get(1)).isInstanceOf(Expectation.Up.class);
  }

  @Test
  void badConfigOfASuspendedDeploymentStopsThePodThatIsThere() {
    Wanted wanted = after(HeatConfig.of("c2", "SUSPEND").manifest("{}"));

    assertThat(wanted.pods()).singleElement().returns(false, DesiredPod::run);
    assertThat(wanted.pods().getFirst().token()).isEqualTo(POD.token());
  }

  @Test
  void unknownActionFailsAndLeavesThePodAsItIs() {
    Wanted wanted = after(HeatConfig.of("c2", "SHRED"));

    assertThat(wanted.pods()).containsExactly(POD);
    assertThat(settled(wanted, 0).success()).isFalse();
  }

  @Test
  void turnOfAnotherToolLeavesThePodAsItIsAndIsNotAnswered() {
    Wanted wanted =
        after(
            HeatConfig.of("c2", "SUSPEND")
                .with("group", "\"component\"")
                .manifest(
                    """
                    {"configs": [{"actions": ["CREATE"], "tool": "kubelet", "config": {}},
                                 {"actions": ["SUSPEND"], "tool": "script", "config": ""}]}\
                    """));

    assertThat(wanted).isEqualTo(new Wanted(List.of(POD), List.of()));
  }

  @Test
  void replacementOfAFailedDeploymentHasThePodWhileTheOldOneIsDeleted() {
    HeatConfig replacement = HeatConfig.of("c2", "CREATE").created("2026-01-02T00:00:00Z");
    HeatConfig removal = HeatConfig.of("c3", "DELETE").created("2026-01-03T00:00:00Z");

    Wanted both = after(HeatConfig.of("c1", "CREATE"), replacement);
    Wanted removing = after(removal, replacement);

    assertThat(both.pods()).containsExactly(POD);
    assertThat(settled(both, 0).success()).isFalse();
    assertThat(removing.pods()).containsExactly(POD);
    assertThat(settled(removing, 0).success()).isTrue();
    assertThat(removing.expectations().get(1)).isInstanceOf(Expectation.Up.class);
  }
}
