package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.Machine;
import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.agent.runtime.podman.libpod.Names;
import io.hotpod.agent.runtime.podman.service.PodmanConfiguration;
import io.hotpod.agent.runtime.podman.service.ProcessLimits;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is asked of Podman, without Podman. */
final class TestSpecifications {
  @TempDir Path directory;

  private static JsonNode container(String fields) {
    return container("'containers':[{'name':'main','image':'IMAGE'," + fields + "}]", "");
  }

  private static JsonNode container(String spec, String imageUser) {
    DesiredPod pod = Manifests.pod("web", "one", "{" + spec + "}");
    Container container = pod.pod().getSpec().getContainers().getFirst();
    PodContext context =
        new PodContext(
            pod, "node", "uid", Optional.of("10.0.0.1"), "192.0.2.9", new Machine(4, 8L << 30));
    return new ContainerSpecification(
            "inst", "web-1", context, Optional.of(new ProcessLimits(4096, 1024)))
        .of(
            container,
            2,
            List.of(new Mount(Path.of("/data"), "/mnt", true, "rprivate")),
            Duration.ofSeconds(7),
            imageUser);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                               | {'runAsGroup':2000}                     | 1000      | 1000:2000
          {}                               | {'runAsGroup':2000}                     | app:staff | app:2000
          {}                               | {'runAsGroup':2000}                     | ``        | 0:2000
          {'runAsGroup':3000}              | {}                                      | 1000      | 1000:3000
          {'runAsUser':5,'runAsGroup':6}   | {'runAsGroup':7}                        | 1000      | 5:7
          {}                               | {'runAsUser':5}                         | 1000:1000 | 5
          {}                               | {}                                      | 1000      | none
          """,
      quoteCharacter = '`')
  void whoItRunsAsIsTheManifestsBusinessBeforeTheImages(
      String pod, String own, String imageUser, String expected) {
    JsonNode body =
        container(
            "'securityContext':"
                + pod
                + ",'containers':[{'name':'main','image':'IMAGE','securityContext':"
                + own
                + "}]",
            imageUser);

    assertThat(body.path("user").asString("none")).isEqualTo(expected);
  }

  @Test
  void containerCarriesNamesLabelsMountsAndLimits() {
    JsonNode body = container("'args':['a','$(X)'],'env':[{'name':'X','value':'1'}]");

    assertThat(body.path("name").asString()).isEqualTo("web-1-main-2");
    assertThat(body.path("labels").path(Labels.ATTEMPT).asString()).isEqualTo("2");
    assertThat(PodJson.write(body.path("command"))).isEqualTo("[\"a\",\"1\"]");
    assertThat(body.has("entrypoint")).isFalse();
    assertThat(body.path("stop_timeout").asInt()).isEqualTo(7);
    assertThat(PodJson.write(body.path("mounts")))
        .isEqualTo(
            "[{\"type\":\"bind\",\"source\":\"/data\",\"destination\":\"/mnt\","
                + "\"options\":[\"rbind\",\"ro\",\"rprivate\"]}]");
    assertThat(PodJson.write(body.path("r_limits")))
        .contains("{\"type\":\"nofile\",\"soft\":4096,\"hard\":4096}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'limits':{'memory':'64Mi'}                    | {"memory":{"limit":67108864}}
          'limits':{'cpu':'250m'}                       | {"cpu":{"quota":25000,"period":100000,"shares":256}}
          'limits':{'cpu':'2'},'requests':{'cpu':'1m'}  | {"cpu":{"quota":200000,"period":100000,"shares":2}}
          'requests':{'cpu':'1'}                        | {"cpu":{"shares":1024}}
          'limits':{'memory':'1e99'}                    | {"memory":{"limit":9223372036854775807}}
          'limits':{'cpu':'1e18'},'requests':{'cpu':1}  | {"cpu":{"quota":9223372036854775807,"period":100000,"shares":1024}}
          """,
      quoteCharacter = '`')
  void resourcesAreTranslated(String resources, String expected) {
    assertThat(PodJson.write(container("'resources':{" + resources + "}").path("resource_limits")))
        .isEqualTo(expected);
  }

  @Test
  void commandOfTheManifestLeavesOutTheImagesArguments() {
    JsonNode body = container("'command':['sleep','5']");

    assertThat(PodJson.write(body.path("entrypoint"))).isEqualTo("[\"sleep\",\"5\"]");
    assertThat(PodJson.write(body.path("command"))).isEqualTo("[]");
  }

  @Test
  void podCarriesPortsAliasesAndItsToken() {
    DesiredPod pod =
        Manifests.pod(
            "web",
            "tok",
            "{'hostAliases':[{'ip':'10.1.2.3','hostnames':['db','db2']}],"
                + "'terminationGracePeriodSeconds':9,"
                + "'containers':[{'name':'main','image':'IMAGE','ports':["
                + "{'containerPort':80,'hostPort':8080,'hostIP':'127.0.0.1'},"
                + "{'containerPort':53,'hostPort':53,'protocol':'UDP'},{'containerPort':9}]}]}");
    JsonNode body = PodSpecification.of("inst", "web-1", pod);

    assertThat(PodJson.write(body.path("portmappings")))
        .isEqualTo(
            "[{\"container_port\":80,\"host_port\":8080,\"host_ip\":\"127.0.0.1\","
                + "\"protocol\":\"tcp\"},"
                + "{\"container_port\":53,\"host_port\":53,\"host_ip\":\"\",\"protocol\":\"udp\"}]");
    assertThat(PodJson.write(body.path("hostadd"))).isEqualTo("[\"db:10.1.2.3\",\"db2:10.1.2.3\"]");
    assertThat(body.path("hostname").asString()).isEqualTo("web");
    assertThat(Labels.read(body.path("labels")))
        .containsEntry(Labels.TOKEN, "tok")
        .containsEntry(Labels.INSTANCE, "inst")
        .containsEntry(Labels.HOST_PORTS, "8080/TCP/127.0.0.1 53/UDP/")
        .containsEntry(Labels.GRACE, "9");
  }

  @Test
  void namesAreReadableAndDifferByInstanceIdAndToken() {
    String name = Names.pod("i1", Manifests.sleeper("web", "1"));

    assertThat(name).startsWith("web-").hasSize(14);
    assertThat(
            List.of(
                name,
                Names.pod("i2", Manifests.sleeper("web", "1")),
                Names.pod("i1", Manifests.sleeper("web2", "1")),
                Names.pod("i1", Manifests.sleeper("web", "2"))))
        .doesNotHaveDuplicates();
    assertThat(Names.pod("i1", Manifests.sleeper("web", "1"))).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain", "$(A), one", "x$(A)y, xoney", "$$(A), $(A)", "$$$(A), $one",
    "$(B), $(B)", "$(A, $(A", "$, $", "$$, $", "$A, $A"
  })
  void variablesAreExpandedAsKubernetesDoes(String text, String expected) {
    assertThat(Expansion.expand(text, Map.of("A", "one"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,0", "2,10", "3,20", "4,40", "6,160", "7,300", "100,300"})
  void restartsAreDelayedMoreAndMore(int ends, int seconds) {
    assertThat(BackOff.restart(ends)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"1,10", "2,20", "5,160", "6,300", "100,300"})
  void refusalsAreRepeatedLessAndLessOften(int failures, int seconds) {
    assertThat(BackOff.retry(failures)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "ALWAYS,0,true",
    "ALWAYS,1,true",
    "ON_FAILURE,0,false",
    "ON_FAILURE,1,true",
    "NEVER,0,false",
    "NEVER,1,false"
  })
  void restartPolicyDecides(RestartPolicy policy, int exitCode, boolean restarts) {
    assertThat(policy.restarts(exitCode)).isEqualTo(restarts);
    assertThat(policy.forInit().restarts(0)).isFalse();
  }

  @Test
  void noProcessHasANumberAboveTheLargest() throws Exception {
    assertThat(ProcessLimits.largestProcess()).isGreaterThan(ProcessHandle.current().pid());
  }

  @Test
  void hardLimitsAreReadFromTheKernelsTable() {
    String limits =
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             96365                96366                processes
        Max open files            1024                 20000                files
        Max file locks            unlimited            unlimited            locks
        """;

    assertThat(ProcessLimits.hard(limits, "Max open files")).isEqualTo(20000);
    assertThat(ProcessLimits.hard(limits, "Max processes")).isEqualTo(96366);
    assertThat(ProcessLimits.hard(limits, "Max file locks")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void podmansConfigurationSaysOnlyWhatIsNeeded() {
    assertThat(PodmanConfiguration.text(Optional.empty(), false)).isEmpty();
    assertThat(PodmanConfiguration.text(Optional.of(new ProcessLimits(20, 30)), true))
        .isEqualTo(
            """
            [containers]
            default_ulimits = ["nofile=20:20", "nproc=30:30"]
            [engine]
            runtime = "runc"
            """);
  }

  @Test
  void outOfMemoryIsNamed() {
    ContainerView ended =
        new ContainerView(
            "id",
            "n",
            "exited",
            137,
            true,
            Optional.empty(),
            Optional.empty(),
            "",
            Optional.empty(),
            0,
            Optional.empty(),
            Map.of());

    assertThat(Termination.of(ended, "", true).reason()).isEqualTo("OOMKilled");
  }

  @Test
  void portConflictNamesPortAndContainer() {
    DesiredPod pod =
        Manifests.pod(
            "web",
            "one",
            "{'containers':[{'name':'main','image':'IMAGE',"
                + "'ports':[{'containerPort':80,'hostPort':8080}]}]}");

    assertThat(
            PortConflicts.describe(
                "cannot listen on the TCP port: listen tcp4 127.0.0.1:8080: bind: address already"
                    + " in use",
                pod))
        .isEqualTo("port 8080 of the machine, asked for by container main, is in use already");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc", "link", "link/deeper/new", "inside/../../x", "chain/new"})
  void subPathCannotLeaveItsVolume(String subPath) throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path volume = Files.createDirectories(directory.resolve("disk/web-1/v"));
    Files.createDirectory(volume.resolve("inside"));
    Files.createSymbolicLink(volume.resolve("link"), outside);
    Files.createSymbolicLink(volume.resolve("chain"), Path.of("link"));
    DesiredPod pod =
        Manifests.pod(
            "web",
            "one",
            "{'volumes':[{'name':'v','emptyDir':{}}],'containers':[{'name':'main','image':'IMAGE',"
                + "'volumeMounts':[{'name':'v','mountPath':'/v','subPath':'"
                + subPath
                + "'}]}]}");
    VolumeStore store = new VolumeStore(directory.resolve("disk"), directory.resolve("memory"));
    Volumes volumes = new Volumes(store, "web-1", pod);

    assertThatThrownBy(
            () ->
                volumes.mounts(
                    pod.pod().getSpec().getContainers().getFirst(),
                    new PodContext(pod, "n", "u", Optional.empty(), "", new Machine(1, 0)),
                    Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("leads out of");
    assertThat(outside).isEmptyDirectory();
  }
}
