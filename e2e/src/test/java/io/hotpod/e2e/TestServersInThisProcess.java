package io.hotpod.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.ExecLine;
import io.hotpod.agent.runtime.ExecQuery;
import io.hotpod.agent.runtime.LogQuery;
import io.hotpod.agent.runtime.PodRuntime;
import io.hotpod.agent.runtime.RuntimeHealth;
import io.hotpod.agent.source.Enrolment;
import io.hotpod.agent.source.HotpodSource;
import io.hotpod.agent.source.RequestRelay;
import io.hotpod.agent.source.Source;
import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.engine.store.DatabaseSettings;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodReport;
import io.hotpod.pod.exec.ExecFrame;
import io.hotpod.pod.exec.ExecFrames;
import io.hotpod.server.HotpodServer;
import io.hotpod.server.ServerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Two servers on one PostgreSQL, which stops and starts, in this process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestServersInThisProcess {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String WAITS =
      """
      heat_template_version: 2018-08-31
      resources:
        handle: {type: OS::Heat::WaitConditionHandle}
        wait:
          type: OS::Heat::WaitCondition
          properties: {handle: {get_resource: handle}, timeout: 600}
        after: {type: OS::Heat::Value, depends_on: wait, properties: {value: {get_attr: [wait, data]}}}
      """;
  private static final String POD =
      """
      heat_template_version: 2018-08-31
      resources:
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec: {containers: [{name: web, image: "web:1"}]}
        web:
          type: OS::Kubernetes::PodDeployment
          properties: {config: {get_resource: config}, server: machine}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private Path directory;
  private EmbeddedPostgres postgres;
  private Member one;
  private Member two;

  /** A server. */
  private record Member(Engine engine, HotpodServer server) implements AutoCloseable {
    static Member start(Path state, DatabaseSettings database, Path keyFile) {
      Engine engine =
          Engines.open(
              new EngineSettings(state, Clock.systemUTC(), () -> UUID.randomUUID().toString())
                  .on(database)
                  .withSecretsKeyFile(keyFile));
      HotpodServer server =
          HotpodServer.start(ServerSettings.withoutAuthentication("127.0.0.1", 0), engine);
      return new Member(engine, server);
    }

    URI uri(String path) {
      return URI.create(
          server.uri() + (path.startsWith("//") ? path.substring(1) : "/v1/default" + path));
    }

    @Override
    public void close() {
      server.close();
      engine.close();
    }
  }

  /** A runtime whose pods say two lines, and whose every command repeats what it hears. */
  private static final class Echo implements PodRuntime {
    private final CountDownLatch gone = new CountDownLatch(1);

    @Override
    public void start() {}

    @Override
    public RuntimeHealth health() {
      return new RuntimeHealth("echo", "1", "");
    }

    @Override
    public Optional<List<ObservedPod>> observe() {
      return Optional.empty();
    }

    @Override
    public Optional<HostPorts> hostPorts(String podId, ModificationToken token) {
      return Optional.empty();
    }

    @Override
    public void apply(DesiredPod pod) {}

    @Override
    public void remove(String podId, ModificationToken token) {}

    @Override
    public void onChange(Runnable listener) {}

    @Override
    public void logs(LogQuery query, OutputStream output) throws IOException, InterruptedException {
      output.write("a line\n".getBytes(UTF_8));
      if (query.follow()) {
        output.write("and one\n".getBytes(UTF_8));
        gone.await();
      }
    }

    @Override
    public int exec(ExecQuery query, ExecLine line) throws IOException, InterruptedException {
      line.tell(ExecFrame.of(ExecFrame.Kind.STARTED));
      for (; ; ) {
        Optional<ExecFrame> heard = line.hear();
        if (heard.isEmpty() || heard.get().kind() == ExecFrame.Kind.END_OF_INPUT) {
          return heard.isEmpty() ? 1 : 7;
        }
        byte[] bytes = heard.get().text().getBytes(UTF_8);
        line.tell(ExecFrame.of(ExecFrame.Kind.OUTPUT, bytes, 0, bytes.length));
      }
    }

    @Override
    public void close() {
      gone.countDown();
    }
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    Path password =
        Files.createFile(
            directory.resolve("password"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, "postgres\n");
    postgres = postgresql(0);
    DatabaseSettings database =
        new DatabaseSettings.Postgresql(
            "jdbc:postgresql://localhost:%d/postgres".formatted(postgres.getPort()),
            "postgres",
            password);
    Path keyFile = directory.resolve("secrets.key");
    one = Member.start(directory.resolve("one"), database, keyFile);
    two = Member.start(directory.resolve("two"), database, keyFile);
  }

  /**
   * A PostgreSQL in the test's directory.
   *
   * @param port 0 for a free one
   */
  private EmbeddedPostgres postgresql(int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "off")
            .setCleanDataDirectory(false)
            .setDataDirectory(directory.resolve("data"));
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  @AfterAll
  void stop() throws IOException {
    client.shutdownNow();
    two.close();
    one.close();
    postgres.close();
  }

  private HttpRequest request(Member member, String method, String path, byte[] body) {
    return HttpRequest.newBuilder(member.uri(path))
        .timeout(Duration.ofSeconds(30))
        .method(method, BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpResponse<String> send(Member member, String method, String path, String body) {
    try {
      return client.send(
          request(member, method, path, body.getBytes(UTF_8)), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(method + " " + path, e);
    }
  }

  private JsonNode get(Member member, String path) {
    HttpResponse<String> response = send(member, "GET", path, "");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static String creation(String name, String template) {
    return JSON.createObjectNode().put("stack_name", name).put("template", template).toString();
  }

  /** Begins a stack and gives its path. */
  private String create(Member member, String name, String template) {
    HttpResponse<String> created = send(member, "POST", "/stacks", creation(name, template));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return "/stacks/" + name + "/" + JSON.readTree(created.body()).at("/stack/id").asString("");
  }

  private void awaitStatus(Member member, String stack, String status) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> get(member, stack).at("/stack/stack_status").asString(""), status::equals);
  }

  private Source enrolled(Member member) throws IOException, InterruptedException {
    ObjectNode valid = JSON.createObjectNode().put("valid_minutes", 5);
    HttpResponse<String> token = send(member, "POST", "/join_tokens", valid.toString());
    URI server = member.server().uri();
    String text = JSON.readTree(token.body()).path("join_token").asString("");
    return new HotpodSource(server, Enrolment.enrol(server, text, "machine"), identity -> {});
  }

  @Test
  void logsAndCommandsReachAnAgentThatIsAtTheOtherServer() throws Exception {
    Source source = enrolled(one);
    source.report(
        new PodReport(
            "session",
            1,
            0,
            Instant.now(),
            new InstanceFacts("machine", "1", "echo", "1", ""),
            List.of(),
            Optional.empty()));
    try (Echo runtime = new Echo();
        RequestRelay agent = new RequestRelay(source, runtime, new Random())) {
      agent.start();
      String stack = create(two, "pods", POD);
      await().atMost(Duration.ofSeconds(30)).until(() -> !get(two, "/pods").path("pods").isEmpty());
      String pod = "/pods/" + get(two, "/pods").at("/pods/0/id").asString("");

      HttpResponse<String> log = send(two, "GET", pod + "/logs", "");
      assertThat(log.statusCode()).as(log.body()).isEqualTo(200);
      assertThat(log.body()).isEqualTo("a line\n");

      try (InputStream followed =
          client
              .send(
                  request(two, "GET", pod + "/logs?follow=true", new byte[0]),
                  BodyHandlers.ofInputStream())
              .body()) {
        assertThat(new String(followed.readNBytes(15), UTF_8)).isEqualTo("a line\nand one\n");
      }

      talk(pod);
      assertThat(send(one, "DELETE", stack, "").statusCode()).isEqualTo(204);
    } finally {
      source.close();
    }
  }

  private void talk(String pod) throws Exception {
    HttpResponse<InputStream> command =
        client.send(
            request(
                two,
                "POST",
                pod + "/exec",
                "{\"command\": [\"cat\"], \"input\": true}".getBytes(UTF_8)),
            BodyHandlers.ofInputStream());
    assertThat(command.statusCode()).isEqualTo(200);
    String input =
        pod + "/exec/" + command.headers().firstValue("Hotpod-Session").orElseThrow() + "/input";
    // Any server takes what the person says.
    byte[] hello = "hello".getBytes(UTF_8);
    say(one, input, ExecFrame.of(ExecFrame.Kind.INPUT, hello, 0, hello.length));
    say(two, input, ExecFrame.of(ExecFrame.Kind.END_OF_INPUT));

    byte[] bytes = command.body().readAllBytes();
    List<ExecFrame> frames = new ExecFrames().add(bytes, 0, bytes.length);
    assertThat(frames)
        .extracting(ExecFrame::kind)
        .containsExactly(ExecFrame.Kind.STARTED, ExecFrame.Kind.OUTPUT, ExecFrame.Kind.EXIT);
    assertThat(frames.get(1).text()).isEqualTo("hello");
    assertThat(frames.getLast().exitCode()).isEqualTo(7);
  }

  private void say(Member member, String path, ExecFrame frame) throws Exception {
    HttpResponse<String> said =
        client.send(request(member, "POST", path, frame.encoded()), BodyHandlers.ofString());
    assertThat(said.statusCode()).as(said.body()).isEqualTo(204);
  }

  @Test
  void requestsAreToBeTriedAgainWhileTheDatabaseIsAwayAndWorkGoesOnAfterwards() throws IOException {
    String stack = create(one, "waits", WAITS);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> get(one, stack + "/resources").path("resources"),
            resources ->
                resources
                    .valueStream()
                    .filter(each -> each.path("resource_name").asString("").equals("wait"))
                    .anyMatch(
                        each ->
                            each.path("resource_status")
                                .asString("")
                                .equals("CREATE_IN_PROGRESS")));
    int port = postgres.getPort();

    postgres.close();
    assertAway(send(one, "GET", stack, ""));
    assertAway(send(one, "POST", "/stacks", creation("late", WAITS)));
    assertAway(send(one, "POST", stack + "/resources/handle/signal", "{\"data\": \"here\"}"));
    assertAway(send(two, "GET", "/stacks", ""));
    assertThat(send(one, "GET", "//readyz", "").statusCode()).isEqualTo(503);
    assertThat(send(one, "GET", "//healthz", "").statusCode()).isEqualTo(200);

    postgres = postgresql(port);
    for (Member member : List.of(one, two)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> send(member, "GET", "//readyz", "").statusCode() == 200);
    }
    String other = create(two, "late", "heat_template_version: 2018-08-31");
    assertThat(
            send(two, "POST", stack + "/resources/handle/signal", "{\"data\": \"here\"}")
                .statusCode())
        .isEqualTo(200);
    awaitStatus(one, stack, "CREATE_COMPLETE");
    awaitStatus(one, other, "CREATE_COMPLETE");
    assertThat(get(one, stack + "/events").path("events"))
        .as("nothing failed because the database was away")
        .noneMatch(event -> event.path("resource_status").asString("").endsWith("FAILED"));
  }

  private static void assertAway(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(JSON.readTree(response.body()).at("/error/type").asString(""))
        .isEqualTo("DatabaseUnavailable");
  }
}
