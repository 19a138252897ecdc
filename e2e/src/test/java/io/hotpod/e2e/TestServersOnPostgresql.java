package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Two packaged servers on one PostgreSQL, of which one dies with many stacks in its hands. */
final class TestServersOnPostgresql {
  @RegisterExtension private final Sites sites = Sites.ofEachTest("servers-on-postgresql");
  private static final int STACKS = 8;
  private static final int STEPS = 4;
  private static final Duration TAKEN_OVER = Duration.ofSeconds(10);

  /** A chain, each step of which takes long enough to die in. */
  private static final String TEMPLATE =
      """
      heat_template_version: 2021-04-16
      resources:
        a: {type: OS::Heat::TestResource, properties: {wait_secs: 0.5}}
        b: {type: OS::Heat::TestResource, depends_on: a, properties: {wait_secs: 0.5}}
        c: {type: OS::Heat::TestResource, depends_on: b, properties: {wait_secs: 0.5}}
        d: {type: OS::Heat::TestResource, depends_on: c, properties: {wait_secs: 0.5}}
      """;

  private EmbeddedPostgres postgres;
  private Site doomedSite;
  private Site otherSite;
  private HotpodProcess doomed;

  @BeforeEach
  void start() throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "off")
            .start();
    doomedSite = sites.open();
    otherSite = sites.open();
    Path password =
        Files.createFile(
            doomedSite.directory().resolve("database-password"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, "postgres\n");
    List<String> shared =
        List.of(
            "--database",
            "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
            "--database-user",
            "postgres",
            "--database-password-file",
            password.toString(),
            "--secrets-key-file",
            doomedSite.directory().resolve("secrets.key").toString());
    doomed = doomedSite.startServer(shared);
    otherSite.startServer(shared);
  }

  @AfterEach
  void stop() throws IOException {
    postgres.close();
  }

  private static List<JsonNode> events(Stacks stacks, String stack, String status) {
    return stacks
        .events(stack)
        .valueStream()
        .filter(event -> event.path("resource_status").asString("").equals(status))
        .filter(event -> !event.path("resource_name").asString("").equals(stack))
        .toList();
  }

  private static OffsetDateTime time(JsonNode event) {
    return OffsetDateTime.parse(event.path("event_time").asString(""));
  }

  @Test
  void everythingGoesOnWithinTenSecondsAndNothingIsDoneTwice() {
    List<String> names = IntStream.range(0, STACKS).mapToObj(i -> "stack" + i).toList();
    names.forEach(name -> doomedSite.stacks().create(name, TEMPLATE));
    Stacks stacks = otherSite.stacks();
    Waiting.until(
        "the last stack has done its first step",
        () -> !events(stacks, names.getLast(), "CREATE_COMPLETE").isEmpty());

    doomedSite.kill(doomed);
    OffsetDateTime killed = OffsetDateTime.now(ZoneOffset.UTC);
    List<String> unfinished =
        names.stream().filter(name -> !stacks.status(name).equals("CREATE_COMPLETE")).toList();
    assertThat(unfinished).as("stacks in the hands of the one killed").isNotEmpty();

    for (String name : names) {
      stacks.await(name, "CREATE_COMPLETE");
      assertThat(events(stacks, name, "CREATE_COMPLETE"))
          .as("each resource of %s is complete once", name)
          .hasSize(STEPS)
          .extracting(event -> event.path("resource_name").asString(""))
          .doesNotHaveDuplicates();
      assertThat(events(stacks, name, "CREATE_FAILED")).isEmpty();
    }
    for (String name : unfinished) {
      assertThat(events(stacks, name, "CREATE_COMPLETE"))
          .as("%s goes on elsewhere within %s of %s", name, TAKEN_OVER, killed)
          .anySatisfy(event -> assertThat(time(event)).isBetween(killed, killed.plus(TAKEN_OVER)));
    }
  }
}
