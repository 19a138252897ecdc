package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.Machine;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.agent.runtime.podman.image.RegistryCredentials;
import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.agent.runtime.podman.libpod.PodmanRequest;
import io.hotpod.agent.runtime.podman.libpod.Uptime;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodPhase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Rules of Kubernetes that need no Podman to be held. */
final class TestPodTables {
  private static <T> T read(String json, Class<T> type) {
    return PodJson.read(json.replace('\'', '"'), type);
  }

  @Test
  void resolverFileAddsToTheMachinesOwn() {
    String machine =
        """
        # c
        nameserver 127.0.0.53
        nameserver 192.0.2.1
        search a b
        options ndots:1 rotate
        """;
    String config =
        "'dnsConfig':{'nameservers':['192.0.2.9','192.0.2.1'],'searches':['c'],"
            + "'options':[{'name':'ndots','value':'5'},{'name':'edns0'}]}";

    assertThat(ResolverFile.text(read("{" + config + "}", PodSpec.class), machine))
        .isEqualTo(
            """
            nameserver 192.0.2.1
            nameserver 192.0.2.9
            search a b c
            options ndots:5 rotate edns0
            """);
    assertThat(
            ResolverFile.text(read("{'dnsPolicy':'None'," + config + "}", PodSpec.class), machine))
        .isEqualTo("nameserver 192.0.2.9\nnameserver 192.0.2.1\nsearch c\noptions ndots:5 edns0\n");
    assertThat(
            ResolverFile.text(read("{'hostNetwork':true," + config + "}", PodSpec.class), machine))
        .startsWith("nameserver 127.0.0.53\n");
    assertThat(ResolverFile.isWanted(read("{'dnsPolicy':'Default'}", PodSpec.class))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'a', a",
    "'$(NAME)/x', '', web/x",
    "'$$(NAME)', '', refused",
    "'$(NONE)', '', refused",
    "'$(UP)/x', '', refused",
    "'$(ROOT)', '', refused"
  })
  void subPathsAreMadeOfVariables(String expression, String path, String expected) {
    VolumeMount mount = new VolumeMount();
    mount.setSubPathExpr(expression);
    mount.setSubPath(path);
    Map<String, String> environment = Map.of("NAME", "web", "UP", "..", "ROOT", "/etc");
    if (expected.equals("refused")) {
      assertThatThrownBy(() -> SubPaths.of(mount, environment))
          .isInstanceOf(ConfigurationException.class);
    } else {
      assertThat(SubPaths.of(mount, environment)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "registry.example.com/team/app:1, team",
        "registry.example.com/teams/app:1, whole",
        "registry.example.com/other, whole",
        "eu.example.org:5000/app, stars",
        "a.eu.example.org:5000/app, none",
        "library/redis, hub",
        "redis:7, hub",
        "localhost/app, none",
      })
  void credentialsAreForTheLongestMatch(String image, String user) {
    String config =
        "{'auths':{'registry.example.com':{'auth':'"
            + login("whole")
            + "'},"
            + "'https://registry.example.com/team':{'username':'team','password':'p'},"
            + "'*.example.org:5000':{'auth':'"
            + login("stars")
            + "'},"
            + "'https://index.docker.io/v1/':{'auth':'"
            + login("hub")
            + "'}}}";
    RegistryCredentials credentials =
        RegistryCredentials.of(
            Manifests.pod(
                "web",
                "one",
                "{'imagePullSecrets':[{'name':'r'},{'name':'none'}],'containers':[]}",
                Map.of(),
                Map.of("r", Map.of(".dockerconfigjson", config.replace('\'', '"')))));

    Optional<String> found =
        credentials
            .header(image)
            .map(header -> new String(Base64.getUrlDecoder().decode(header), UTF_8));

    assertThat(found)
        .isEqualTo(
            Optional.ofNullable(user)
                .map(name -> "{\"username\":\"" + name + "\",\"password\":\"p\"}"));
  }

  private static String login(String user) {
    return Base64.getEncoder().encodeToString((user + ":p").getBytes(UTF_8));
  }

  @Test
  void requestsDoNotShowCredentials() {
    PodmanRequest request =
        PodmanRequest.post("pulling", "/images/pull").authenticated(Optional.of("c2VjcmV0"));

    assertThat(request.toString()).doesNotContain("c2VjcmV0");
  }

  @ParameterizedTest
  @CsvSource({
    "{}, '', refused",
    "{}, 0, refused",
    "{}, 0:5, refused",
    "{}, web, refused",
    "{}, 7:0, fine",
    "'{''runAsUser'':5}', '', fine",
    "'{''runAsUser'':0}', 7, refused"
  })
  void rootIsKnown(String context, String imageUser, String expected) {
    Container container = read("{'securityContext':" + context + "}", Container.class);
    if (expected.equals("fine")) {
      RootUsers.check(container, imageUser);
    } else {
      assertThatThrownBy(() -> RootUsers.check(container, imageUser))
          .isInstanceOf(ConfigurationException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "limits.cpu, '', 2",
    "limits.cpu, 1m, 1500",
    "limits.memory, 1Mi, 65",
    "requests.memory, '', 0",
    "requests.cpu, '', 0",
  })
  void resourcesAreWholeDivisors(String resource, String divisor, String expected) {
    Container container =
        read("{'resources':{'limits':{'cpu':'1500m','memory':'66562Ki'}}}", Container.class);
    ResourceFieldSelector selector =
        read(
            "{'resource':'"
                + resource
                + "'"
                + (divisor.isEmpty() ? "" : ",'divisor':'" + divisor + "'")
                + "}",
            ResourceFieldSelector.class);

    assertThat(ContainerResources.value(selector, container, new Machine(8, 1000)))
        .isEqualTo(resource.equals("limits.memory") ? "66" : expected);
    assertThat(ContainerResources.value(selector, new Container(), new Machine(8, 1000)))
        .isEqualTo(
            switch (resource + divisor) {
              case "limits.cpu" -> "8";
              case "limits.cpu1m" -> "8000";
              case "limits.memory1Mi" -> "1";
              default -> "0";
            });
  }

  @Test
  void hostnamesFollowTheManifest() {
    Hostnames plain = Hostnames.of(Manifests.sleeper("a".repeat(70), "1").pod());
    assertThat(plain.kernel()).hasSize(63);
    assertThat(plain.full()).isEmpty();

    Hostnames named =
        Hostnames.of(
            Manifests.pod("web", "1", "{'hostname':'h','subdomain':'s','containers':[]}").pod());
    assertThat(named.kernel()).isEqualTo("h");
    assertThat(named.full()).contains("h.s.default.svc.cluster.local");

    Hostnames tooLong =
        Hostnames.of(
            Manifests.pod(
                    "a".repeat(40),
                    "1",
                    "{'subdomain':'s','setHostnameAsFQDN':true,'containers':[]}")
                .pod());
    assertThatThrownBy(tooLong::checked).hasMessageContaining("64 characters is the max");
  }

  @Test
  void podExceedsItsDeadlineOrTheSizeOfAVolume(@TempDir Path directory) throws Exception {
    PodLimits deadline = new PodLimits(Optional.of(60L), Map.of());
    assertThat(deadline.exceeded(Duration.ofSeconds(59), 0)).isEmpty();
    assertThat(deadline.next(Duration.ofSeconds(59))).isEqualTo(Duration.ofSeconds(1));
    assertThat(deadline.next(Duration.ofSeconds(61))).isZero();
    assertThat(deadline.exceeded(Duration.ofSeconds(60), 0).orElseThrow().reason())
        .isEqualTo("DeadlineExceeded");

    PodLimits size =
        new PodLimits(
            Optional.empty(), Map.of("v", new Volumes.SizeLimit(directory, 1000, "1000")));
    Files.write(directory.resolve("a"), new byte[900]);
    long start = Long.MAX_VALUE - 5;
    assertThat(size.exceeded(Duration.ZERO, start)).isEmpty();
    Files.write(directory.resolve("b"), new byte[200]);
    assertThat(size.exceeded(Duration.ZERO, start + 5_000_000_000L))
        .as("not measured all the time")
        .isEmpty();
    assertThat(size.exceeded(Duration.ZERO, start + 10_000_000_000L))
        .contains(
            new PodEnd("Evicted", "Usage of EmptyDir volume \"v\" exceeds the limit \"1000\"."));
  }

  @Test
  void timeThatAPodIsActiveGoesOnWhateverTheClockSays(@TempDir Path directory) {
    Path file = directory.resolve("pod.json");
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Instant ahead = start.plus(Duration.ofHours(5));
    Instant behind = start.minus(Duration.ofHours(5));
    ActiveTime active = new ActiveTime(new PodMemory(file));
    assertThat(active.at(Optional.empty(), start, uptime("one", 100))).isZero();
    assertThat(active.at(Optional.of(start), start.plusSeconds(3), uptime("one", 100)))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(active.at(Optional.of(start), ahead, uptime("one", 101)))
        .isEqualTo(Duration.ofSeconds(4));
    assertThat(active.at(Optional.of(start), behind, uptime("one", 102)))
        .isEqualTo(Duration.ofSeconds(5));

    for (Instant clock : List.of(ahead, behind)) {
      ActiveTime ofAnotherAgent = new ActiveTime(new PodMemory(file));
      assertThat(ofAnotherAgent.at(Optional.of(start), clock, uptime("one", 110)))
          .isEqualTo(Duration.ofSeconds(13));
    }

    assertThat(active.at(Optional.of(ahead), behind, uptime("one", 120)))
        .as("another start, which seems to be in the future")
        .isZero();
    assertThat(active.at(Optional.of(ahead), behind, uptime("one", 122)))
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(active.at(Optional.of(ahead), ahead.plusSeconds(7), uptime("two", 10)))
        .as("after a boot only the clock knows")
        .isEqualTo(Duration.ofSeconds(7));
  }

  private static Uptime uptime(String boot, long seconds) {
    return new Uptime(boot, Duration.ofSeconds(seconds));
  }

  @Test
  void whoseContainerIsNotAmongThoseThatRunLooksAgain() throws Exception {
    PodView pod =
        PodView.of(
            PodJson.read(
                """
                {"Id": "p", "InfraId": "infra", "Status": "Degraded", "Containers": [
                  {"Id": "infra", "Status": "running"}, {"Id": "up", "Status": "running"},
                  {"Id": "held", "Status": "paused"}, {"Id": "down", "Status": "exited"}]}
                """,
                JsonNode.class));
    assertThat(pod.containers()).containsOnlyKeys("up", "held", "down");

    Exits exits = new Exits();
    Map<String, Wakeup> watching = new TreeMap<>();
    for (String id : List.of("infra", "up", "held", "down", "removed")) {
      watching.put(id, new Wakeup());
      exits.watch(id, watching.get(id));
    }
    exits.onlyRunning(pod.runningIds());

    Set<String> woken = new TreeSet<>();
    for (Map.Entry<String, Wakeup> one : watching.entrySet()) {
      if (one.getValue().await(Duration.ZERO)) {
        woken.add(one.getKey());
      }
    }
    assertThat(woken).containsExactly("down", "removed");
  }

  @Test
  void newestContainerIsToldFromTheNames() {
    String text =
        """
        {"Id": "p", "Name": "web-1f", "InfraId": "infra", "Containers": [
          {"Id": "infra", "Names": "1f-infra"}, {"Id": "nine", "Names": "web-1f-main-9"},
          {"Id": "ten", "Names": "web-1f-main-10"}, {"Id": "other", "Names": "web-1f-main-2-11"},
          {"Id": "strange", "Names": "web-1f-side-99999999999"}, {"Id": "x", "Names": "NAME"}]}
        """;
    PodView pod = PodView.of(PodJson.read(text.replace("NAME", "web-1f-x"), JsonNode.class));
    assertThat(pod.newest("main")).contains("ten");
    assertThat(pod.newest("main-2")).contains("other");
    assertThat(pod.newest("side")).as("no attempt").isEmpty();
    assertThat(pod.newest("none")).isEmpty();

    PodView renamed = PodView.of(PodJson.read(text.replace("NAME", "mine"), JsonNode.class));
    assertThat(renamed.newest("main")).as("it may be the renamed one").isEmpty();
    String inspected =
        """
        {"Name": "web-1f", "Containers": [{"Id": "one", "Name": "web-1f-main-1"}]}
        """;
    assertThat(PodView.of(PodJson.read(inspected, JsonNode.class)).newest("main")).contains("one");
  }

  @Test
  void machineTellsForHowLongItHasRun() {
    Uptime before = Uptime.now();
    Uptime after = Uptime.now();

    assertThat(before.time()).isPositive().isLessThanOrEqualTo(after.time());
    assertThat(after.boot()).isEqualTo(before.boot()).hasSize(36);
  }

  @Test
  void kernelNamesTheContainerThatRanOutOfMemory() {
    String line =
        "[1.0] oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=/libpod_parent/p/libpod-abc,"
            + "task_memcg=/libpod_parent/p/libpod-def,task=tail";
    assertThat(OutOfMemory.isAbout(line, "abc")).isTrue();
    assertThat(OutOfMemory.isAbout(line, "def")).isFalse();
    assertThat(OutOfMemory.isAbout("abc", "abc")).isFalse();
    assertThat(MemoryMounts.unescaped("/a\\040b\\134c")).isEqualTo("/a b\\c");
  }

  @Test
  void sidecarsDoNotKeepAPodFromItsEnd() {
    ContainerStatus main = status("main", new ContainerState.Waiting("PodInitializing", ""), false);
    ContainerStatus starting = status("side", new ContainerState.Running(Instant.EPOCH), false);
    ContainerStatus started = status("side", new ContainerState.Running(Instant.EPOCH), true);
    ContainerStatus over =
        status(
            "main",
            new ContainerState.Terminated(0, "Completed", "", Optional.empty(), Optional.empty()),
            false);

    assertThat(phase(starting, main)).isEqualTo(PodPhase.PENDING);
    assertThat(phase(started, main)).isEqualTo(PodPhase.PENDING);
    assertThat(phase(started, status("main", new ContainerState.Running(Instant.EPOCH), true)))
        .isEqualTo(PodPhase.RUNNING);
    assertThat(phase(started, over)).isEqualTo(PodPhase.SUCCEEDED);
    assertThat(phase(starting, over)).isEqualTo(PodPhase.SUCCEEDED);
  }

  private static PodPhase phase(ContainerStatus sidecar, ContainerStatus main) {
    return Observation.phase(RestartPolicy.NEVER, Set.of("side"), List.of(sidecar), List.of(main));
  }

  private static ContainerStatus status(String name, ContainerState state, boolean started) {
    return new ContainerStatus(
        name,
        state,
        Optional.empty(),
        started,
        started,
        0,
        0,
        "i",
        Optional.empty(),
        Optional.empty());
  }
}
