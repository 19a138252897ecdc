package io.hotpod.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.hotpod.agent.AgentSettings;
import io.hotpod.agent.doctor.Finding.Verdict;
import io.hotpod.agent.source.heat.InstanceFiles;
import io.hotpod.agent.state.Identity;
import io.hotpod.agent.state.StateDirectory;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Each finding with the state of the machine that gives it. */
final class TestDoctor {
  @TempDir Path directory;

  private static Finding of(List<Finding> findings, String subject) {
    return findings.stream()
        .filter(each -> each.subject().equals(subject))
        .findFirst()
        .orElseThrow(() -> new AssertionError(subject + " is not among " + findings));
  }

  @ParameterizedTest
  @CsvSource({
    "4.3.1, v1, netavark, GOOD, DOUBTFUL",
    "5.2.0, v2, netavark, GOOD, GOOD",
    "3.0.1, v2, cni, BAD, GOOD",
  })
  void podmanIsJudgedByWhatItTells(
      String version, String cgroups, String network, Verdict podman, Verdict cgroup) {
    String info =
        """
        {"host": {"ociRuntime": {"name": "crun"}, "cgroupVersion": "%s", "networkBackend": "%s"},
         "version": {"Version": "%s"}, "store": {"graphDriverName": "overlay"}}
        """
            .formatted(cgroups, network, version);

    List<Finding> findings = PodmanExamination.of(PodJson.read(info, JsonNode.class));

    assertThat(of(findings, "podman").verdict()).isEqualTo(podman);
    assertThat(of(findings, "podman").words())
        .isEqualTo("Podman " + version + " with crun, storage overlay");
    assertThat(of(findings, "cgroups").verdict()).isEqualTo(cgroup);
    assertThat(findings.stream().anyMatch(each -> each.subject().equals("network")))
        .isEqualTo(network.equals("cni"));
  }

  @Test
  void socketWithoutPodmanIsBad() throws Exception {
    List<Finding> findings =
        new PodmanExamination(Optional.of(directory.resolve("none.sock"))).examine();

    assertThat(of(findings, "podman").verdict()).isEqualTo(Verdict.BAD);
  }

  @ParameterizedTest
  @CsvSource({"65536, GOOD", "1024, DOUBTFUL", "unlimited, GOOD"})
  void fewOpenFilesAreDoubtful(String hard, Verdict verdict) throws IOException {
    Path limits = directory.resolve("limits");
    Files.writeString(
        limits,
        "Limit    Soft Limit  Hard Limit  Units\nMax open files    1024    "
            + hard
            + "    files\n");

    assertThat(of(new LimitsExamination(limits).examine(), "open files").verdict())
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "'cpuset cpu io memory hugetlb pids', GOOD, 'cgroups hold'",
    "'cpuset cpu io pids', DOUBTFUL, 'do not hold memory'"
  })
  void controllersThatAreMissingAreNamed(String there, Verdict verdict, String words)
      throws IOException {
    Path controllers = Files.writeString(directory.resolve("controllers"), there + "\n");

    Finding finding = of(new ControllersExamination(controllers).examine(), "controllers");

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.words()).contains(words);
    assertThat(
            of(new ControllersExamination(directory.resolve("none")).examine(), "controllers")
                .words())
        .contains("version 1");
  }

  @Test
  void heatIsLookedForAndAsked() throws Exception {
    InstanceFiles nowhere = InstanceFiles.below(directory.resolve("root"));
    Path list = directory.resolve("heat-config");

    Finding missing = of(new HeatExamination(nowhere, Clock.systemUTC()).examine(), "heat");
    Files.writeString(list, "[]");
    Finding found =
        of(
            new HeatExamination(nowhere.withHeatConfigOnly(list), Clock.systemUTC()).examine(),
            "heat");
    Files.writeString(list, "{");
    Finding broken =
        of(
            new HeatExamination(nowhere.withHeatConfigOnly(list), Clock.systemUTC()).examine(),
            "heat");

    assertThat(missing.verdict()).isEqualTo(Verdict.BAD);
    assertThat(missing.words()).contains("nothing tells this machine where its Heat is");
    assertThat(found.verdict()).isEqualTo(Verdict.GOOD);
    assertThat(found.words()).contains(list.toString(), "0 deployments");
    assertThat(broken.verdict()).isEqualTo(Verdict.BAD);
  }

  @Test
  void stateOpenToOthersIsBad() throws IOException {
    Path state = Files.createDirectory(directory.resolve("state"));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-x---"));

    Finding open = of(new DirectoryExamination(state).examine(), "state directory");

    assertThat(open.verdict()).isEqualTo(Verdict.BAD);
    assertThat(open.advice()).isEqualTo("chmod 700 " + state);
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    assertThat(of(new DirectoryExamination(state).examine(), "state directory").verdict())
        .isEqualTo(Verdict.GOOD);
  }

  @Test
  void serverThatIsAwayIsBadAndNothingIsMadeOfIt() throws Exception {
    Path state = directory.resolve("none");
    AgentSettings settings = AgentSettings.of(URI.create("http://127.0.0.1:1"), "web-1", state);

    List<Finding> findings = new Doctor(settings, Clock.systemUTC()).examine();

    assertThat(of(findings, "server").verdict()).isEqualTo(Verdict.BAD);
    assertThat(of(findings, "server").words())
        .contains("http://127.0.0.1:1", "no connection to it can be made");
    assertThat(state).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, 200, GOOD, GOOD",
    "'', 3600, 401, DOUBTFUL, BAD",
    "/hotpod, 0, 200, GOOD, GOOD",
    "/hotpod/, 0, 401, GOOD, BAD"
  })
  void clockAndCredentialAreComparedWithTheServers(
      String below, long ahead, int status, Verdict clock, Verdict enrolment) throws Exception {
    String prefix = below.replaceFirst("/$", "");
    new StateDirectory(directory).save(new Identity("i-1", "secret", Optional.of("web-1")));
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          boolean known = path.equals(prefix + "/agent/v1/instances/i-1/pods");
          boolean well = path.equals(prefix + "/healthz");
          exchange.sendResponseHeaders(known ? status : well ? 200 : 404, -1);
          exchange.close();
        });
    http.start();
    try {
      URI server = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + below);
      Clock here = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(ahead));

      List<Finding> findings = new ServerExamination(server, directory, here).examine();

      assertThat(of(findings, "server").verdict()).isEqualTo(Verdict.GOOD);
      assertThat(of(findings, "clock").verdict()).isEqualTo(clock);
      assertThat(of(findings, "enrolment").verdict()).isEqualTo(enrolment);
      assertThat(findings.toString()).doesNotContain("secret\"", "Bearer");
    } finally {
      http.stop(0);
    }
  }
}
