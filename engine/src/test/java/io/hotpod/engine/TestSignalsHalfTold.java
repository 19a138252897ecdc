package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.Commits;
import io.hotpod.engine.store.DatabaseAwayException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** A signal that is stored, and whose event cannot be. */
final class TestSignalsHalfTold {
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        machine: {type: OS::Heat::DeployedServer}
        script: {type: OS::Heat::SoftwareConfig, properties: {group: script, config: "true"}}
        deploy:
          type: OS::Heat::SoftwareDeployment
          properties:
            config: {get_resource: script}
            server: {get_resource: machine}
            signal_transport: HEAT_SIGNAL
      """;

  private @TempDir Path directory;
  private final AtomicInteger writes = new AtomicInteger(-1);

  private final class SecondWriteFails implements Commits {
    @Override
    public void before() {
      if (writes.get() >= 0 && writes.incrementAndGet() == 2) {
        throw new ConnectionException(new SQLException("planted", "08006"));
      }
    }
  }

  @Test
  void whoWaitsForItGoesOnThoughNobodyAsksAgain() {
    try (Engine engine =
        Engines.open(
            new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString()),
            new SecondWriteFails(),
            List.of())) {
      engine.reachableAt(URI.create("http://127.0.0.1:8004"));
      String id = engine.stacks().create(CALLER, request("s", TEMPLATE)).id();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  engine.stacks().resources(CALLER, id).stream()
                      .anyMatch(each -> each.statusReason().startsWith("waiting for server")));
      writes.set(0);

      assertThatThrownBy(
              () ->
                  engine
                      .stacks()
                      .signal(CALLER, id, "deploy", JsonNodeFactory.instance.objectNode()))
          .isInstanceOf(DatabaseAwayException.class);

      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreException(DatabaseAwayException.class)
          .until(() -> engine.stacks().find(CALLER, id).status() != Status.IN_PROGRESS);
      assertThat(engine.stacks().find(CALLER, id).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    }
  }
}
