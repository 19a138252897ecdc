package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.agent.runtime.podman.libpod.ExecResult;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.pod.ObservedPod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestProbesOnPodman {
  private RuntimeFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new RuntimeFixture();
  }

  @AfterEach
  void end() throws IOException {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'httpGet':{'path':'/index.html','port':'web'}",
        "'tcpSocket':{'port':8080}",
        "'exec':{'command':['wget','-q','-O','/dev/null','http://127.0.0.1:8080/']}"
      })
  void readinessProbeMakesReady(String handler) {
    ObservedPod ready = fixture.applyReady(Manifests.pod("web", "one", server(handler, "")));

    assertThat(fixture.main(ready).started()).isTrue();
  }

  @Test
  void readinessFollowsTheProbe() throws Exception {
    String probe = "'periodSeconds':1,'failureThreshold':1,'exec':{'command':['test','-e','/ok']}";
    fixture.runtime.apply(
        Manifests.pod("web", "one", server(probe, "").replace("httpd", "touch /ok; httpd")));
    ObservedPod ready = fixture.awaitPod("web", ObservedPod::ready);
    String id = fixture.main(ready).containerId().orElseThrow();

    fixture.podman.exec(id, List.of("rm", "/ok"), Duration.ofSeconds(10));

    ObservedPod unready = fixture.awaitPod("web", pod -> !pod.ready());
    assertThat(fixture.main(unready).restarts()).isZero();
    assertThat(fixture.main(unready).started()).isTrue();
    fixture.podman.exec(id, List.of("touch", "/ok"), Duration.ofSeconds(10));
    fixture.awaitPod("web", ObservedPod::ready);
  }

  @Test
  void failedLivenessRestartsTheContainer() throws Exception {
    String liveness =
        ",'livenessProbe':{'periodSeconds':1,'failureThreshold':1,"
            + "'exec':{'command':['test','!','-e','/sick']}}";
    ObservedPod ready =
        fixture.applyReady(
            Manifests.pod("web", "one", server("'tcpSocket':{'port':8080}", liveness)));
    String id = fixture.main(ready).containerId().orElseThrow();

    fixture.podman.exec(id, List.of("touch", "/sick"), Duration.ofSeconds(10));

    ObservedPod restarted =
        fixture.awaitPod("web", pod -> pod.ready() && fixture.main(pod).restarts() == 1);
    assertThat(fixture.main(restarted).lastTermination().orElseThrow().message())
        .startsWith("Liveness probe failed");
  }

  @Test
  void startupProbeHoldsBackLivenessAndReadiness() {
    String spec =
        """
        {'terminationGracePeriodSeconds':1,'containers':[{'name':'main','image':'IMAGE',
          'command':['sh','-c','sleep 2; touch /up; exec sleep 1000'],
          'startupProbe':{'periodSeconds':1,'failureThreshold':30,
             'exec':{'command':['test','-e','/up']}},
          'livenessProbe':{'periodSeconds':1,'failureThreshold':1,
             'exec':{'command':['test','-e','/up']}}}]}
        """;
    fixture.runtime.apply(Manifests.pod("web", "one", spec));
    fixture.awaitPod("web", pod -> fixture.main(pod).containerId().isPresent() && !pod.ready());

    ObservedPod ready = fixture.awaitPod("web", ObservedPod::ready);

    assertThat(fixture.main(ready).restarts()).isZero();
  }

  @Test
  void failedStartupProbeEndsTheContainer() {
    String spec =
        """
        {'terminationGracePeriodSeconds':1,'containers':[{'name':'main','image':'IMAGE',
          'command':['sleep','1000'],
          'startupProbe':{'periodSeconds':1,'failureThreshold':2,'tcpSocket':{'port':8080}}}]}
        """;
    fixture.runtime.apply(Manifests.pod("web", "one", spec));

    ObservedPod restarted = fixture.awaitPod("web", pod -> fixture.main(pod).restarts() >= 1);

    assertThat(restarted.ready()).isFalse();
    assertThat(fixture.main(restarted).failures()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void commandThatTakesLongerThanItMayFailsAndIsEnded() throws Exception {
    ObservedPod ready = fixture.applyReady(Manifests.sleeper("web", "one"));
    String id = fixture.main(ready).containerId().orElseThrow();
    for (String seconds : List.of("3", "977")) {
      long begun = System.nanoTime();
      assertThatThrownBy(
              () ->
                  fixture.podman.exec(
                      id,
                      List.of("sh", "-c", "sleep " + seconds + "; echo well"),
                      Duration.ofSeconds(1)))
          .isInstanceOfSatisfying(
              PodmanUnavailableException.class, e -> assertThat(e.late()).isTrue());
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
    }

    ExecResult left =
        fixture.podman.exec(
            id, List.of("sh", "-c", "ps | grep -c '[s]leep 977' || true"), Duration.ofSeconds(10));
    assertThat(left.output()).isEqualTo("0");
  }

  @Test
  void commandThatHangsIsToldWithItsTimeLimit() {
    String probe =
        "'periodSeconds':1,'timeoutSeconds':1,'exec':{'command':['sh','-c','sleep 2; true']}";
    fixture.runtime.apply(Manifests.pod("web", "one", server(probe, "")));

    ObservedPod running =
        fixture.awaitPod(
            "web",
            pod -> fixture.main(pod).probe().equals(Optional.of("command timed out after 1 s")));
    assertThat(running.ready()).isFalse();
  }

  @Test
  void neverReadyIsNeverSaidReady() {
    fixture.runtime.apply(
        Manifests.pod("web", "one", server("'httpGet':{'path':'/none','port':8080}", "")));

    ObservedPod running = fixture.awaitPod("web", pod -> fixture.main(pod).started());

    assertThat(running.ready()).isFalse();
    assertThat(running.conditions())
        .anyMatch(one -> one.type().equals("Ready") && one.message().contains("main"));
  }

  private static String server(String readiness, String more) {
    return "{'terminationGracePeriodSeconds':1,'containers':[{'name':'main','image':'IMAGE',"
        + "'command':['sh','-c','httpd -f -p 8080 -h /www'],"
        + "'ports':[{'name':'web','containerPort':8080}],"
        + "'readinessProbe':{"
        + readiness
        + "}"
        + more
        + "}]}";
  }
}
