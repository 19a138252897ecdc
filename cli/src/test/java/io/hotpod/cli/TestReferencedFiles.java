package io.hotpod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a command sends beside a template: everything that it names, wherever that lies. */
final class TestReferencedFiles {
  private static final String VERSION = "heat_template_version: 2021-04-16\n";

  @TempDir Path directory;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    server.on(
        "GET /stacks/s", 404, "{\"error\": {\"message\": \"no\", \"type\": \"EntityNotFound\"}}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void file(String name, String text) throws IOException {
    Path path = directory.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private CommandRun plan(String... environments) {
    server.on("POST /stacks/preview", 200, "{\"plan\": []}");
    String[] arguments = new String[5 + 2 * environments.length];
    System.arraycopy(new String[] {"stack", "plan", "-t", "t.yaml", "s"}, 0, arguments, 0, 5);
    for (int i = 0; i < environments.length; i++) {
      arguments[5 + 2 * i] = "-e";
      arguments[6 + 2 * i] = environments[i];
    }
    return CommandRun.of(server.url(), directory, arguments);
  }

  private JsonNode body() {
    return JsonMapper.shared().readTree(server.asked("POST").getFirst().body());
  }

  private Map<String, String> files() {
    Map<String, String> files = new HashMap<>();
    body()
        .path("files")
        .propertyStream()
        .forEach(file -> files.put(file.getKey(), file.getValue().stringValue()));
    return files;
  }

  @Test
  void filesAreFoundBesideTheFileThatNamesThem() throws IOException {
    String web =
        VERSION
            + "resources: {p: {type: \"../pod.yaml\"}, f: {type: A, x: {get_file: 'a b.txt'}}}\n";
    file("t.yaml", VERSION + "resources: {w: {type: sub/web.yaml}}\n");
    file("sub/web.yaml", web);
    file("sub/a b.txt", "inside");
    file("pod.yaml", VERSION + "resources: {f: {type: A, x: {get_file: a.txt}}}\n");
    file("a.txt", "outside");

    CommandRun run = plan();

    assertThat(run.err()).isEmpty();
    assertThat(body().path("template").stringValue()).contains("type: sub/web.yaml");
    assertThat(files().keySet())
        .containsExactlyInAnyOrder("sub/web.yaml", "sub/a b.txt", "pod.yaml", "a.txt");
    assertThat(files().get("sub/web.yaml"))
        .isEqualTo(
            web.replace("\"../pod.yaml\"", "\"pod.yaml\"").replace("'a b.txt'", "\"sub/a b.txt\""));
    assertThat(files()).containsEntry("sub/a b.txt", "inside").containsEntry("a.txt", "outside");
  }

  @Test
  void aRegistryNamesTemplatesBesideItsEnvironment() throws IOException {
    file("t.yaml", VERSION + "resources: {w: {type: My::Pod}}\n");
    file(
        "env/e.yaml",
        """
        parameters: {path: web.yaml}
        resource_registry:
          My::Pod: web.yaml
          Other: OS::Heat::None
          resources: {w: {My::Pod: ../pod.yaml}}
        """);
    file("empty.yaml", "# nothing yet\n");
    file("env/web.yaml", VERSION);
    file("pod.yaml", VERSION);

    CommandRun run = plan("env/e.yaml", "empty.yaml");

    assertThat(run.err()).isEmpty();
    assertThat(files().keySet())
        .containsExactlyInAnyOrder("env/web.yaml", "pod.yaml", "env/e.yaml", "empty.yaml");
    assertThat(files().get("env/e.yaml"))
        .contains("parameters: {path: web.yaml}")
        .contains("My::Pod: \"env/web.yaml\"\n")
        .contains("{w: {My::Pod: \"pod.yaml\"}}");
    assertThat(body().path("environment_files")).hasToString("[\"env/e.yaml\",\"empty.yaml\"]");
  }

  @Test
  void templatesMayNameEachOther() throws IOException {
    file("t.yaml", VERSION + "resources: {w: {type: a.yaml}}\n");
    file("a.yaml", VERSION + "resources: {w: {type: b.yaml}}\n");
    file("b.yaml", VERSION + "resources: {w: {type: a.yaml}}\n");

    assertThat(plan().err()).isEmpty();
    assertThat(files().keySet()).containsExactlyInAnyOrder("a.yaml", "b.yaml");
  }

  @Test
  void aFileThatIsNotThereIsToldWithThePlaceThatNamesIt() throws IOException {
    file("t.yaml", VERSION + "resources: {w: {type: sub/web.yaml}}\n");
    file("sub/web.yaml", VERSION + "resources:\n  p: {type: gone.yaml}\n");

    CommandRun run = plan();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("sub/web.yaml:3:13: the file sub/gone.yaml does not exist");
  }

  @Test
  void urlsAreRefused() throws IOException {
    file("t.yaml", VERSION + "resources: {w: {type: 'http://host/web.yaml'}}\n");

    assertThat(plan().err()).contains("t.yaml:2:23: type: http://host/web.yaml: URLs are not");
  }

  @Test
  void aPlanShowsWhatHappensInside() throws IOException {
    file("t.yaml", VERSION);
    server.on(
        "POST /stacks/preview",
        200,
        """
        {"plan": [{"resource": "web", "type": "web.yaml", "action": "UPDATE", "reasons": ["x changed"],
          "restarts_pod": true, "certain": true, "after": [], "nested": [
            {"resource": "pod", "type": "OS::Kubernetes::PodDeployment", "action": "UPDATE",
             "reasons": ["image changed"], "restarts_pod": true, "certain": true, "after": []},
            {"resource": "config", "type": "OS::Heat::Value", "action": "NONE", "reasons": [],
             "restarts_pod": false, "certain": true, "after": []}]}]}
        """);

    assertThat(plan().out())
        .isEqualTo(
            """
            Plan for s:
              ~ update web (web.yaml)
                  x changed
                  ~ update pod (OS::Kubernetes::PodDeployment); restarts its pod
                      image changed
            2 to update, 1 unchanged; 1 pod is touched.
            """);
  }
}
