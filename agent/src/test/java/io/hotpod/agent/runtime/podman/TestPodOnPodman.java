package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a pod has above its containers, as its processes see it. */
final class TestPodOnPodman {
  private static final Map<String, Map<String, String>> CONFIG_MAPS =
      Map.of("conf", Map.of("colour", "green"));
  private static final Map<String, Map<String, String>> SECRETS =
      Map.of("keys", Map.of("password", "s3cret"));

  private RuntimeFixture fixture;
  private Path diary;

  @BeforeEach
  void begin() throws IOException {
    fixture = new RuntimeFixture();
    diary = Files.createDirectory(fixture.state.resolve("diary"));
  }

  @AfterEach
  void end() throws IOException {
    fixture.close();
  }

  private static DesiredPod pod(String spec) {
    return Manifests.pod("web", "one", spec, CONFIG_MAPS, SECRETS);
  }

  /** A volume that several containers write to, in the order in which things happen. */
  private String diaryVolume() {
    return "{'name':'diary','hostPath':{'path':'" + diary + "'}}";
  }

  private static final String DIARY = "{'name':'diary','mountPath':'/diary'}";

  private List<String> diary() throws IOException {
    Path file = diary.resolve("lines");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  @Test
  void volumesAndVariablesTellOfThePod() throws Exception {
    fixture.applyReady(
        pod(
            """
            {'terminationGracePeriodSeconds':1,'shareProcessNamespace':true,'volumes':[
              {'name':'memory','emptyDir':{'medium':'Memory','sizeLimit':'1Mi'}},
              {'name':'self','downwardAPI':{'items':[
                {'path':'labels','fieldRef':{'fieldPath':'metadata.labels'}},
                {'path':'sub/cpu','mode':256,'resourceFieldRef':
                  {'containerName':'main','resource':'limits.cpu','divisor':'1m'}}]}},
              {'name':'all','projected':{'defaultMode':288,'sources':[
                {'configMap':{'name':'conf','items':[{'key':'colour','path':'conf/colour'}]}},
                {'secret':{'name':'keys'}},{'secret':{'name':'none','optional':true}},
                {'downwardAPI':{'items':[{'path':'name','fieldRef':{'fieldPath':'metadata.name'}}]}}]}}],
            'containers':[{'name':'main','image':'IMAGE','resources':{'limits':{'cpu':'250m'}},
              'env':[{'name':'MEMORY','valueFrom':{'resourceFieldRef':{'resource':'limits.memory'}}},
                {'name':'NAME','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}},
                {'name':'HOST','valueFrom':{'fieldRef':{'fieldPath':'status.hostIP'}}}],
              'volumeMounts':[{'name':'memory','mountPath':'/memory'},
                {'name':'memory','mountPath':'/mine','subPathExpr':'of-$(NAME)'},
                {'name':'self','mountPath':'/self'},{'name':'all','mountPath':'/all'}],
              'command':['sh','-c','cat /self/labels; echo; cat /self/sub/cpu; echo; stat -c %a /self/sub/cpu;
            cat /all/conf/colour /all/password /all/name; echo; stat -Lc %a /all/name;
            ls /memory; dd if=/dev/zero of=/memory/x bs=1k count=2000 2>/dev/null || echo full;
            [ $MEMORY -gt 1000000 ] && echo much; touch /all/new 2>/dev/null || echo read-only;
            stat -c %a /mine; until grep -qs [1]234567 /proc/[0-9]*/cmdline; do sleep 0.1; done; echo beside;
            grep -qs [1]000 /proc/1/cmdline || echo paused;
            exec sleep 1000']},
              {'name':'beside','image':'IMAGE','command':['sleep','1234567']}]}
            """
                .replace("\n", " ")));

    fixture.awaitLogs(
        "web",
        "main",
        "app=\"x\"\n250\n400\ngreens3cretweb\n440\nof-web\nfull\nmuch\nread-only\n777\nbeside\npaused\n");
    fixture.runtime.remove("web", new ModificationToken("one"));
    assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
        .doesNotContain(fixture.state.toString());
  }

  @Test
  void changedFilesAreReplacedInTheRunningPod() throws Exception {
    String spec =
        "{'terminationGracePeriodSeconds':1,'volumes':[{'name':'conf','configMap':{'name':'conf'}},"
            + "{'name':'keys','secret':{'secretName':'keys'}}],"
            + "'containers':[{'name':'main','image':'IMAGE','volumeMounts':["
            + "{'name':'conf','mountPath':'/conf'},{'name':'keys','mountPath':'/keys'},"
            + "{'name':'conf','mountPath':'/colour','subPath':'colour'}],"
            + "'command':['sh','-c','while :; do cat /conf/colour /keys/password /colour; echo;"
            + " sleep 0.1; done']}]}";
    ObservedPod before = fixture.applyReady(pod(spec));
    DesiredPod changed =
        Manifests.pod(
            "web",
            "one",
            spec,
            Map.of("conf", Map.of("colour", "blue", "more", "x")),
            Map.of("keys", Map.of("password", "0ther")));

    fixture.runtime.apply(changed);

    ObservedPod after =
        fixture.awaitPod(
            "web",
            pod ->
                pod.configuration().equals(java.util.Optional.of(changed.configurationRevision())));
    assertThat(fixture.main(after).containerId()).isEqualTo(fixture.main(before).containerId());
    org.awaitility.Awaitility.await("the new values")
        .until(() -> fixture.logs("web", "main").endsWith("blue0thergreen\n"));

    fixture.restart();
    fixture.runtime.apply(pod(spec));
    ObservedPod again =
        fixture.awaitPod(
            "web",
            pod ->
                pod.ready()
                    && pod.configuration()
                        .equals(java.util.Optional.of(pod(spec).configurationRevision())));
    assertThat(fixture.main(again).containerId()).isEqualTo(fixture.main(before).containerId());
    org.awaitility.Awaitility.await("the old values")
        .until(() -> fixture.logs("web", "main").endsWith("greens3cretgreen\n"));
  }

  @Test
  void usersGroupsSettingsAndNamespacesAreThoseOfTheManifest() throws Exception {
    fixture.applyReady(
        pod(
            """
            {'terminationGracePeriodSeconds':1,'hostPID':true,'hostIPC':true,
            'hostname':'front','subdomain':'inner','setHostnameAsFQDN':true,
            'dnsPolicy':'None','dnsConfig':{'nameservers':['192.0.2.53'],'searches':['example.com'],
              'options':[{'name':'ndots','value':'2'}]},
            'securityContext':{'fsGroup':2000,'supplementalGroups':[3000],
              'sysctls':[{'name':'net.core.somaxconn','value':'77'}]},
            'volumes':[{'name':'disk','emptyDir':{}},{'name':'keys','secret':{'secretName':'keys','defaultMode':256}}],
            'containers':[{'name':'main','image':'IMAGE',
              'securityContext':{'runAsUser':1000,'runAsGroup':1000,'runAsNonRoot':true,
                'seccompProfile':{'type':'Unconfined'},'capabilities':{'drop':['ALL']}},
              'volumeMounts':[{'name':'disk','mountPath':'/disk','mountPropagation':'HostToContainer'},{'name':'keys','mountPath':'/keys'}],
              'command':['sh','-c','id -G; cat /proc/sys/net/core/somaxconn; hostname; hostname -f; cat /etc/resolv.conf;
            touch /disk/x && stat -c %g /disk/x; cat /keys/password; echo;
            grep -c Seccomp:.0 /proc/self/status; set -- /proc/[0-9]*; [ $# -gt 5 ] && echo many;
            exec sleep 1000']}]}
            """
                .replace("\n", " ")));

    fixture.awaitLogs(
        "web",
        "main",
        """
            1000 2000 3000
            77
            front.inner.default.svc.cluster.local
            front.inner.default.svc.cluster.local
            nameserver 192.0.2.53
            search example.com
            options ndots:2
            2000
            s3cret
            1
            many
            """);
  }

  @Test
  void whatWouldRunAsRootIsNotMadeWhereThatIsForbidden() {
    fixture.runtime.apply(
        pod(
            "{'containers':[{'name':'main','image':'IMAGE','securityContext':{'runAsNonRoot':true}}]}"));

    fixture.awaitPod(
        "web",
        pod ->
            fixture.main(pod).state() instanceof ContainerState.Waiting waiting
                && waiting.reason().equals("CreateContainerConfigError")
                && waiting.message().contains("image will run as root"));
  }

  @Test
  void sidecarsBeginInOrderAndEndAfterTheContainers() throws Exception {
    String sidecar =
        """
        {'name':'NAME','image':'IMAGE','restartPolicy':'Always','volumeMounts':[DIARY],
          'startupProbe':{'exec':{'command':['grep','NAME up','/diary/lines']},'periodSeconds':1},
          'command':['sh','-c','trap "echo NAME down >> /diary/lines; exit 0" TERM; sleep 0.3; echo NAME up >> /diary/lines; while :; do sleep 0.1; done']}
        """;
    DesiredPod pod =
        pod(
            ("{'restartPolicy':'Never','terminationGracePeriodSeconds':5,'volumes':["
                    + diaryVolume()
                    + "],'initContainers':["
                    + sidecar.replace("NAME", "first")
                    + ",{'name':'setup','image':'IMAGE','volumeMounts':[DIARY],'command':['sh','-c','echo setup >> /diary/lines']},"
                    + sidecar.replace("NAME", "second")
                    + "],'containers':[{'name':'main','image':'IMAGE','volumeMounts':[DIARY],'command':['sh','-c','echo main >> /diary/lines']}]}")
                .replace("DIARY", DIARY)
                .replace("\"echo", "\\\"echo")
                .replace("exit 0\"", "exit 0\\\"")
                .replace("\n", " "));
    fixture.runtime.apply(pod);

    ObservedPod done =
        fixture.awaitPod(
            "web",
            now ->
                now.phase() == PodPhase.SUCCEEDED
                    && now.initContainers().stream()
                        .allMatch(one -> one.state() instanceof ContainerState.Terminated));
    assertThat(diary())
        .containsExactly("first up", "setup", "second up", "main", "second down", "first down");
    assertThat(done.initContainers()).extracting(ContainerStatus::restarts).containsOnly(0);

    fixture.restart();
    fixture.runtime.apply(pod);
    fixture.awaitPod("web", now -> now.phase() == PodPhase.SUCCEEDED);
    assertThat(diary()).hasSize(6);
  }

  @Test
  void hooksAreCarriedOutAndLastWordsAreTold() throws Exception {
    DesiredPod pod =
        pod(
            ("{'restartPolicy':'Never','terminationGracePeriodSeconds':3,'volumes':["
                    + diaryVolume()
                    + "],'containers':[{'name':'main','image':'IMAGE','volumeMounts':[DIARY],"
                    + "'lifecycle':{'postStart':{'exec':{'command':['sh','-c','echo begun >> /diary/lines']}},"
                    + "'preStop':{'exec':{'command':['sh','-c','echo ending >> /diary/lines; touch /diary/stop']}}},"
                    + "'command':['sh','-c','while ! [ -e /diary/stop ]; do sleep 0.1; done; echo ended >> /diary/lines; sleep 1000']},"
                    + "{'name':'words','image':'IMAGE','command':['sh','-c','echo no disk > /dev/termination-log; exit 3']},"
                    + "{'name':'lines','image':'IMAGE','terminationMessagePolicy':'FallbackToLogsOnError','command':['sh','-c','echo cannot listen; exit 4']}]}")
                .replace("DIARY", DIARY));
    fixture.runtime.apply(pod);

    ObservedPod seen =
        fixture.awaitPod(
            "web",
            now ->
                now.containers().getFirst().ready()
                    && now.containers().stream()
                            .filter(one -> one.state() instanceof ContainerState.Terminated)
                            .count()
                        == 2);
    assertThat(seen.containers().get(1).state())
        .asInstanceOf(
            org.assertj.core.api.InstanceOfAssertFactories.type(ContainerState.Terminated.class))
        .extracting(ContainerState.Terminated::message)
        .isEqualTo("no disk");
    assertThat(seen.containers().get(2).state())
        .asInstanceOf(
            org.assertj.core.api.InstanceOfAssertFactories.type(ContainerState.Terminated.class))
        .extracting(ContainerState.Terminated::message)
        .isEqualTo("cannot listen");
    assertThat(diary()).containsExactly("begun");

    fixture.runtime.remove("web", pod.token());
    assertThat(diary()).containsExactly("begun", "ending", "ended");
  }

  @Test
  void containerWhoseHookFailsIsEndedAndStartedAgain() throws Exception {
    fixture.runtime.apply(
        pod(
            """
            {'terminationGracePeriodSeconds':0,'containers':[
              {'name':'main','image':'IMAGE','command':['sleep','1000'],'lifecycle':
                {'postStart':{'exec':{'command':['sh','-c','echo not today; exit 7']}}}},
              {'name':'nameless','image':'IMAGE','command':['sleep','1000'],'lifecycle':
                {'postStart':{'httpGet':{'port':'none'}}}},
              {'name':'beside','image':'IMAGE','command':['sleep','1000']}]}
            """));

    ObservedPod looping =
        fixture.awaitPod(
            "web",
            now ->
                now.containers().get(2).ready()
                    && now.containers().stream()
                            .filter(
                                one ->
                                    one.state() instanceof ContainerState.Waiting waiting
                                        && waiting.reason().equals("CrashLoopBackOff"))
                            .count()
                        == 2);

    assertThat(looping.containers())
        .extracting(
            one ->
                one.lastTermination()
                    .map(how -> how.exitCode() + " " + how.message())
                    .orElse("runs"))
        .containsExactly(
            "137 PostStartHookError: exit code 7 not today",
            "137 PostStartHookError: container nameless has no port named none",
            "runs");
    assertThat(looping.containers()).extracting(ContainerStatus::restarts).containsExactly(1, 1, 0);
    assertThat(looping.ready()).isFalse();
  }

  @Test
  void podThatIsActiveForTooLongIsEndedForGood() throws Exception {
    DesiredPod pod =
        pod(
            "{'activeDeadlineSeconds':1,'terminationGracePeriodSeconds':1,'containers':"
                + "[{'name':'main','image':'IMAGE','command':['sleep','1000']}]}");
    fixture.runtime.apply(pod);

    fixture.awaitPod(
        "web",
        now ->
            now.phase() == PodPhase.FAILED
                && now.reason().equals("DeadlineExceeded")
                && fixture.main(now).state() instanceof ContainerState.Terminated);
    fixture.restart();
    fixture.runtime.apply(pod);
    assertThat(fixture.awaitPod("web", now -> now.reason().equals("DeadlineExceeded")).phase())
        .isEqualTo(PodPhase.FAILED);
  }

  @Test
  void containerThatTheKernelKilledForItsMemorySaysSo() {
    fixture.runtime.apply(
        pod(
            "{'restartPolicy':'Never','containers':[{'name':'main','image':'IMAGE',"
                + "'resources':{'limits':{'memory':'32Mi'}},'command':['tail','/dev/zero']}]}"));

    ObservedPod failed = fixture.awaitPod("web", pod -> pod.phase() == PodPhase.FAILED);
    assertThat(((ContainerState.Terminated) fixture.main(failed).state()).reason())
        .isEqualTo("OOMKilled");
  }
}
