package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.testing.kubelet.Access;
import io.hotpod.testing.kubelet.Behaviour;
import io.hotpod.testing.kubelet.Certificates;
import io.hotpod.testing.kubelet.FakeKubelet;
import io.hotpod.testing.kubelet.FakeMachine;
import io.hotpod.testing.kubelet.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Agent, hook and doctor as people start them on a machine with a kubelet, which is played and
 * takes a token; and what a person is told whose options are wrong.
 */
final class TestKubeletProcesses {
  @RegisterExtension private final Sites sites = Sites.ofEachTest("kubelet-processes");
  private static final String NAME = "kubelet-1";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private FakeMachine machine;
  private FakeKubelet kubelet;
  private Path manifests;
  private Path token;
  private Site site;

  @BeforeEach
  void start() throws IOException {
    site = sites.open();
    manifests = Files.createDirectory(site.directory().resolve("manifests"));
    token = Files.writeString(site.directory().resolve("kubelet-token"), "right\n");
    machine = new FakeMachine(new Pace(0.1, new Random(5)));
    kubelet = FakeKubelet.start(machine, manifests, Access.token("right"), 0, 0);
  }

  @AfterEach
  void end() {
    kubelet.close();
    assertThat(machine.violations()).isEmpty();
  }

  private List<String> options() {
    return List.of(
        "--runtime",
        "kubelet",
        "--kubelet-manifests",
        manifests.toString(),
        "--kubelet-url",
        kubelet.url().toString(),
        "--kubelet-token-file",
        token.toString(),
        "--kubelet-fingerprint",
        Certificates.shared().fingerprint());
  }

  private Command.Result run(List<String> words, List<String> options) {
    List<String> command = new ArrayList<>(List.of(Project.launcher().toString()));
    command.addAll(words);
    command.addAll(List.of("--state", site.directory().resolve("state").toString()));
    command.addAll(options);
    return Command.run(MINUTE, command);
  }

  @Test
  void agentKeepsAPodOnTheKubelet() {
    site.startServer();
    site.joinAgent(NAME, options());
    Stacks stacks = site.stacks();

    stacks.createAndAwait("web", PodText.template(PodText.sleeping("web", NAME)));
    JsonNode pod = stacks.pod("web", "web");
    assertThat(pod.path("ready").booleanValue()).isTrue();
    assertThat(pod.path("observed_token")).isEqualTo(pod.path("modification_token"));
    assertThat(machine.running()).hasSize(1);

    // Any token will do: it is not used before the directory is free.
    List<String> words = new ArrayList<>(List.of("agent", "--server"));
    words.addAll(List.of(site.api().server().toString(), "--name", "other"));
    words.addAll(List.of("--join-token-file", token.toString()));
    Command.Result second = run(words, options());
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.errors())
        .contains("the manifest directory " + manifests + " is used by another agent")
        .contains("--kubelet-manifests")
        .doesNotContain("Exception");

    stacks.deleteAndAwait("web");
    assertThat(machine.running()).isEmpty();
    assertThat(manifests).isEmptyDirectory();
  }

  @Test
  void agentThatTheKubeletRefusesSaysSoToTheServer() throws IOException {
    Files.writeString(token, "wrong\n");
    site.startServer();
    site.launchAgent(NAME, options());

    Waiting.until(
        "the server is told",
        () ->
            site.api()
                .get("/v1/default/instances/" + NAME)
                .body()
                .at("/instance/facts/runtimeProblem")
                .asString("")
                .contains("does not take who this agent is: look at the token in " + token));

    Files.writeString(token, "right\n");
    site.awaitReports(NAME);
  }

  @Test
  void hookDeploysAPodAndTakesItAway() throws IOException {
    JsonNode created = hook("CREATE");
    assertThat(created.path("deploy_status_code").intValue()).as(created.toString()).isZero();
    assertThat(created.path("phase").asString("")).isEqualTo("Running");
    assertThat(machine.running()).hasSize(1);

    JsonNode deleted = hook("DELETE");
    assertThat(deleted.path("deploy_stdout").asString("")).isEqualTo("nothing of the pod is left");
    assertThat(machine.running()).isEmpty();
    assertThat(manifests).isEmptyDirectory();
  }

  private JsonNode hook(String action) throws IOException {
    String config =
        """
        {"id": "%1$s", "name": "web", "group": "kubelet", "options": {}, "inputs": [
           {"name": "deploy_action", "value": "%1$s"},
           {"name": "deploy_stack_id", "value": "shop/1"},
           {"name": "deploy_resource_name", "value": "web"}],
         "config": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
           "spec": {"terminationGracePeriodSeconds": 1, "containers": [
             {"name": "main", "image": "%2$s"}]}}}
        """
            .formatted(action, Behaviour.RUNS.image());
    Path input = Files.writeString(site.directory().resolve("config.json"), config);
    List<String> words = new ArrayList<>(List.of(Project.launcher().toString(), "hook"));
    words.addAll(List.of("--name", NAME, "--state", site.agentState(NAME).toString()));
    words.addAll(options());
    return Api.JSON.readTree(
        Command.run(MINUTE, List.of("sh", "-c", String.join(" ", words) + " < " + input))
            .successful());
  }

  @Test
  void doctorFindsTheKubeletAndItsDirectory() {
    site.startServer();
    List<String> doctor = List.of("agent", "doctor", "--server", site.api().server().toString());

    String found = run(doctor, options()).successful();

    assertThat(found)
        .contains("ok    kubelet manifests")
        .contains("release 1.31.13 answers at " + kubelet.url() + " and shows 0 pods");
  }

  @ParameterizedTest
  @CsvSource({
    "kubelet-token, wrong-token, --kubelet-token-file",
    "FINGERPRINT, 0000000000000000000000000000000000000000000000000000000000000000,"
        + " --kubelet-fingerprint",
    "manifests, nowhere, staticPodPath with --kubelet-manifests"
  })
  void mistakeIsToldWithWhatToDo(String right, String wrong, String advice) throws IOException {
    Files.writeString(site.directory().resolve("wrong-token"), "wrong\n");
    List<String> mistaken =
        options().stream()
            .map(
                word ->
                    right.equals("FINGERPRINT")
                        ? word.replace(Certificates.shared().fingerprint(), wrong)
                        : word.replace("/" + right, "/" + wrong))
            .toList();
    assertThat(mistaken).isNotEqualTo(options());

    Command.Result result = run(List.of("agent", "doctor"), mistaken);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("bad   kubelet").contains(advice);
    assertThat(result.errors())
        .contains("an agent cannot work here yet")
        .doesNotContain("xception");
  }
}
