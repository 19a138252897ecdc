package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.secret.KeyFile;
import io.hotpod.engine.signal.SignedRequest;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseContent;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import io.hotpod.template.environment.EnvironmentLayers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Secrets of every kind are planted, and looked for in what somebody finds who has the database.
 */
final class TestSecretsAtRest {
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        password: {type: string, hidden: true}
        fallback: {type: string, hidden: true, default: planted-default-4f1c}
      resources:
        random: {type: OS::Heat::RandomString}
        kept: {type: OS::Heat::Value, properties: {value: {get_param: password}}}
        file: {type: OS::Heat::Value, properties: {value: {get_file: key.pem}}}
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            inputs: [{name: greeting}]
            secrets: {credentials: {key: planted-secret-9a2e}}
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec:
                containers:
                  - name: web
                    image: web:1
                    env:
                      - {name: GREETING, value: {get_input: greeting}}
                      - name: KEY
                        valueFrom: {secretKeyRef: {name: credentials, key: key}}
        pod:
          type: OS::Kubernetes::PodDeployment
          properties:
            config: {get_resource: config}
            server: machine
            input_values: {greeting: planted-input-77b0}
        machine:
          type: OS::Heat::DeployedServer
          properties: {software_config_transport: POLL_SERVER_HEAT}
        script:
          type: OS::Heat::SoftwareConfig
          properties:
            group: script
            config: echo planted-script-c3d1
            inputs: [{name: colour}]
        deploy:
          type: OS::Heat::SoftwareDeployment
          properties:
            config: {get_resource: script}
            server: {get_resource: machine}
            signal_transport: NO_SIGNAL
            input_values: {colour: planted-colour-52aa}
        handle: {type: OS::Heat::WaitConditionHandle}
      """;

  private static final String SMALL =
      """
      heat_template_version: 2018-08-31
      resources: {random: {type: OS::Heat::RandomString}}
      """;

  private static final String SIGNALLING =
      """
      heat_template_version: 2018-08-31
      parameters:
        password: {type: string, hidden: true}
      resources:
        script:
          type: OS::Heat::SoftwareConfig
          properties: {group: script, config: echo, inputs: [{name: word}]}
        user:
          type: OS::Heat::SoftwareDeployment
          properties:
            config: {get_resource: script}
            server: elsewhere
            signal_transport: HEAT_SIGNAL
            input_values: {word: {get_param: password}}
        url:
          type: OS::Heat::SoftwareDeployment
          properties:
            config: {get_resource: script}
            server: elsewhere
            signal_transport: CFN_SIGNAL
        object:
          type: OS::Heat::SoftwareDeployment
          properties:
            config: {get_resource: script}
            server: elsewhere
            signal_transport: TEMP_URL_SIGNAL
      """;

  @TempDir private Path directory;

  private EngineSettings settings() {
    return new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString())
        .on(database())
        .withSecretsKeyFile(keyFile());
  }

  private DatabaseSettings database() {
    return DatabaseFixture.settings(directory);
  }

  private Path keyFile() {
    return DatabaseFixture.keyFile(database(), directory);
  }

  private EngineFixture open() {
    EngineFixture fixture = new EngineFixture(directory);
    fixture.engine().reachableAt(URI.create("http://127.0.0.1:8004"));
    return fixture;
  }

  private static StackRequest request(String name) {
    return request(name, TEMPLATE);
  }

  private static StackRequest request(String name, String template) {
    return new StackRequest(
        Optional.of(name),
        Optional.of(template),
        "template",
        Map.of("key.pem", "planted-file-e017"),
        new EnvironmentLayers(
            List.of(),
            Map.of("password", JsonNodeFactory.instance.stringNode("planted-param-3b88"))),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static ObjectNode json(String text) {
    return JsonMapper.shared().readValue(text.replace('\'', '"'), ObjectNode.class);
  }

  /** Makes a stack full of secrets, uses everything that stores some, and tells what they are. */
  private static List<String> plant(EngineFixture fixture) {
    List<String> secrets =
        new ArrayList<>(
            List.of(
                "planted-default-4f1c",
                "planted-secret-9a2e",
                "planted-input-77b0",
                "planted-script-c3d1",
                "planted-colour-52aa",
                "planted-file-e017",
                "planted-param-3b88",
                "planted-signal-d6f4"));
    try (FakeAgent agent = new FakeAgent(fixture.engine(), "machine")) {
      Stack stack = fixture.settled(fixture.stacks().create(CALLER, request("findable")).id());
      assertThat(stack.status()).as(stack.statusReason()).isEqualTo(Status.COMPLETE);
      assertThat(agent.started()).hasSize(1);
      fixture
          .stacks()
          .signal(CALLER, stack.id(), "handle", json("{'data': 'planted-signal-d6f4', 'id': '1'}"));
      fixture.stacks().snapshot(CALLER, stack.id(), Optional.of("then"));
      assertThat(fixture.settled(stack.id()).status()).isEqualTo(Status.COMPLETE);
      secrets.add(fixture.attribute(stack.id(), "random", "value"));
      String token = fixture.attribute(stack.id(), "handle", "token");
      assertThat(token).hasSizeGreaterThan(20);
      secrets.add(token);
    }
    return secrets;
  }

  private void assertNothingOf(List<String> secrets) {
    String content = DatabaseContent.of(database(), directory);
    assertThat(content).as("what is no secret is found").contains("findable");
    for (String secret : secrets) {
      for (String trace : DatabaseContent.traces(secret)) {
        assertThat(content.contains(trace)).as(secret + " as " + trace).isFalse();
      }
    }
  }

  @Test
  void nobodyFindsThemInTheDatabase() {
    List<String> secrets;
    try (EngineFixture fixture = open()) {
      secrets = plant(fixture);
      assertNothingOf(secrets);
    }
    assertNothingOf(secrets);
  }

  @Test
  void nobodyFindsWhatMachinesSignalWith() {
    List<String> secrets = new ArrayList<>(List.of("planted-param-3b88", "planted-body-61ce"));
    try (EngineFixture fixture = open()) {
      Stack stack = fixture.stacks().create(CALLER, request("findable", SIGNALLING));
      fixture.until(
          stack.id(),
          now ->
              fixture.engine().software().deployments(CALLER, Optional.empty()).stream()
                      .filter(deployment -> deployment.status() == Status.IN_PROGRESS)
                      .count()
                  == 3);
      for (JsonNode config :
          fixture
              .engine()
              .software()
              .machine(CALLER, "elsewhere", Optional.empty(), Duration.ZERO)
              .orElseThrow()
              .configs()) {
        for (JsonNode input : config.path("inputs")) {
          String value = input.path("value").asString("");
          switch (input.path("name").asString("")) {
            case "deploy_password" -> secrets.add(value);
            case "deploy_signal_id" -> {
              SignedRequest signed = SignedUrl.read(value);
              secrets.add(signed.signature());
              if (signed.resourceName().equals("object")) {
                fixture.engine().guests().store(signed, "{\"result\":\"planted-body-61ce\"}");
              }
            }
            default -> {}
          }
        }
      }
      assertThat(secrets).as("a password and two signatures").hasSize(5);
      assertThat(secrets).allMatch(secret -> secret.length() > 15);
      assertNothingOf(secrets);
    }
    assertNothingOf(secrets);
  }

  @Test
  void nobodyFindsThemInEventsAndReasons() {
    try (EngineFixture fixture = open()) {
      List<String> secrets = plant(fixture);
      Stack stack = fixture.stacks().find(CALLER, "findable");

      String told =
          fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL)
              + stack.toString()
              + fixture.stacks().details(CALLER, stack.id(), true).parameters()
              + fixture.stacks().resources(CALLER, stack.id()).stream()
                  .map(resource -> resource.statusReason() + resource.physicalId())
                  .toList();

      assertThat(secrets).noneMatch(told::contains);
    }
  }

  /** It shows the caller's own text, but for what that text says is for nobody's eyes. */
  @Test
  void nobodyFindsThemInAPlan() {
    try (EngineFixture fixture = open()) {
      List<String> secrets = new ArrayList<>(plant(fixture));
      Stack stack = fixture.stacks().find(CALLER, "findable");

      String plan =
          fixture.stacks().previewUpdate(CALLER, stack.id(), request("findable")).toString();

      List<String> ownText =
          List.of(
              "planted-input-77b0",
              "planted-script-c3d1",
              "planted-colour-52aa",
              "planted-file-e017");
      assertThat(ownText).allMatch(plan::contains);
      secrets.removeAll(ownText);
      assertThat(secrets).hasSizeGreaterThan(4).noneMatch(plan::contains);
    }
  }

  @Test
  void theKeyFileIsItsOwnersAlone() throws IOException {
    open().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(keyFile(), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(this::open).hasMessageContaining("chmod 600");
  }

  @Test
  void aDatabaseOfAnotherKeyIsNotOpened() throws IOException {
    open().close();
    String key = Files.readString(keyFile());
    Files.delete(keyFile());

    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the key file " + keyFile() + " is not there")
        .hasMessageContaining("--secrets-key-file");
    assertThat(keyFile()).as("no other is made in its place").doesNotExist();

    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Engines.open(
            new EngineSettings(elsewhere, Clock.systemUTC(), () -> UUID.randomUUID().toString()))
        .close();
    Files.copy(elsewhere.resolve(EngineSettings.SECRETS_KEY_FILE), keyFile());
    assertThatThrownBy(this::open)
        .hasMessageContaining("is not the one of this database")
        .hasMessageContaining("--secrets-key-file");

    int at = key.length() - 10;
    char other = key.charAt(at) == 'A' ? 'B' : 'A';
    Files.writeString(keyFile(), key.substring(0, at) + other + key.substring(at + 1));
    assertThatThrownBy(this::open).hasMessageContaining("damaged").hasMessageContaining(":3:");

    Files.writeString(keyFile(), key);
    open().close();
  }

  @Test
  void aChangeOfTheKeyThatWasBrokenOffIsEndedByTheNext() throws IOException {
    List<String> secrets;
    try (EngineFixture fixture = open()) {
      secrets = plant(fixture);
    }
    new KeyFile(keyFile(), new SecureRandom()).addKey();
    try (EngineFixture fixture = open()) {
      assertThat(fixture.create("later", SMALL).status())
          .as("a server runs with both keys")
          .isEqualTo(Status.COMPLETE);
    }
    assertThat(keys()).hasSize(2);
    String newest = keys().getFirst();

    DatabaseMaintenance.rotateKey(settings());

    assertThat(keys()).containsExactly(newest);
    try (EngineFixture fixture = open()) {
      String id = fixture.stacks().find(CALLER, "findable").id();
      assertThat(fixture.attribute(id, "random", "value")).isIn(secrets);
    }
    assertNothingOf(secrets);
  }

  private List<String> keys() throws IOException {
    return Files.readAllLines(keyFile()).stream().filter(line -> !line.startsWith("#")).toList();
  }

  @Test
  void whileAServerRunsTheKeyIsNotChanged() {
    try (EngineFixture fixture = open()) {
      assertThat(fixture.stacks()).isNotNull();
      assertThatThrownBy(() -> DatabaseMaintenance.rotateKey(settings()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("stop it");
    }
  }

  @Test
  void everythingIsThereAfterTheKeyWasChanged() throws IOException {
    List<String> secrets;
    try (EngineFixture fixture = open()) {
      secrets = plant(fixture);
    }
    String before = Files.readString(keyFile());

    assertThat(DatabaseMaintenance.rotateKey(settings())).isPositive();

    assertThat(Files.readString(keyFile())).isNotEqualTo(before);
    assertNothingOf(secrets);
    try (EngineFixture fixture = open()) {
      String id = fixture.stacks().find(CALLER, "findable").id();
      assertThat(fixture.attribute(id, "random", "value")).isIn(secrets);
      assertThat(fixture.attribute(id, "handle", "token")).as("signals go on").isIn(secrets);
      assertThat(fixture.stacks().definition(CALLER, id).files())
          .containsEntry("key.pem", "planted-file-e017");
      fixture
          .stacks()
          .update(CALLER, id, request("", TEMPLATE + "  more: {type: OS::Heat::None}\n"));
      assertThat(fixture.settled(id).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
      assertThat(fixture.attribute(id, "random", "value")).isIn(secrets);
    }
    Files.writeString(keyFile(), before);
    assertThatThrownBy(this::open)
        .as("the old key opens nothing any more")
        .hasMessageContaining("is not the one of this database");
  }
}
