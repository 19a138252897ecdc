package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** An instance gets at what is its own, and nobody else does. */
final class TestCredentials {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("credentials");
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private static Site site;
  private static JsonNode mine;
  private static JsonNode other;

  @BeforeAll
  static void start() {
    site = SITES.open();
    site.startServer();
    site.joinAgent("web-1");
    mine = enrol(site.joinToken(), "by-hand-1").successful();
    other = enrol(site.joinToken(), "by-hand-2").successful();
  }

  private static Answer enrol(String token, String name) {
    String body = Api.JSON.createObjectNode().put("join_token", token).put("name", name).toString();
    return site.api().send("POST", "/agent/v1/enrol", body, Map.of());
  }

  private static String pods(JsonNode instance) {
    return "/agent/v1/instances/" + instance.path("instance_id").asString("") + "/pods";
  }

  private static Map<String, String> bearer(String credential) {
    return Map.of("Authorization", "Bearer " + credential);
  }

  private static String credential(JsonNode instance) {
    return instance.path("credential").asString("");
  }

  private static int get(String path, Map<String, String> headers) {
    return site.api().send("GET", path, "", headers).status();
  }

  @Test
  void anInstanceReadsItsOwn() {
    assertThat(get(pods(mine), bearer(credential(mine)))).isEqualTo(200);
  }

  @Test
  void aWrongCredentialIsRefused() {
    assertThat(get(pods(mine), bearer("wrong"))).isEqualTo(401);
    assertThat(get(pods(mine), Map.of())).isEqualTo(401);
  }

  @Test
  void anotherInstancesPodsAreRefused() {
    assertThat(get(pods(other), bearer(credential(mine)))).isEqualTo(403);
    String report = pods(other).replace("/pods", "/report");
    assertThat(site.api().send("PUT", report, "{}", bearer(credential(mine))).status())
        .isEqualTo(403);
  }

  @Test
  void aJoinTokenServesOnce() {
    String token = site.joinToken();
    JsonNode joined = enrol(token, "by-hand-3").successful();
    assertThat(get(pods(joined), bearer(credential(joined)))).isEqualTo(200);

    assertThat(enrol(token, "by-hand-4").status()).isEqualTo(403);
    assertThat(enrol(token, "by-hand-3").status()).isEqualTo(403);
    assertThat(enrol("made-up", "by-hand-4").status()).isEqualTo(403);
  }

  @Test
  void anAgentWithASpoiledCredentialChangesNothing() throws IOException {
    site.joinAgent("web-2");
    String instanceId = site.instanceId("web-2");
    site.stacks().createAndAwait("shop", PodText.template(PodText.sleeping("web", "web-2")));
    List<PodmanContainer> before = PodmanCli.containers(instanceId);
    Path identity = site.agentState("web-2").resolve("instance.json");
    Files.writeString(
        identity,
        Files.readString(identity)
            .replaceAll("\"credential\":\"[^\"]*\"", "\"credential\":\"wrong\""));

    HotpodProcess again = site.restartAgent("web-2");
    again.awaitReady();
    Waiting.until("it was refused", () -> again.log().contains("401"));

    assertThat(PodmanCli.containers(instanceId)).isEqualTo(before);
  }

  @Test
  void whatIsKeptOnDiskIsForItsOwnerOnly() throws IOException {
    for (String part : List.of("server", "agent-web-1")) {
      try (Stream<Path> paths = Files.walk(site.directory().resolve(part))) {
        for (Path path : paths.toList()) {
          assertThat(OWNER).as(path.toString()).containsAll(Files.getPosixFilePermissions(path));
        }
      }
    }
  }
}
