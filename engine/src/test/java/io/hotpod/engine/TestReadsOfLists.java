package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.config.SoftwareDeployment;
import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.config.SoftwareService.ConfigRequest;
import io.hotpod.engine.config.SoftwareService.DeploymentRequest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How often the store is asked for a list. */
final class TestReadsOfLists {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private @TempDir Path directory;
  private final FailingStore store = new FailingStore(new SQLException("full"), () -> {});

  private static void deploy(SoftwareService software, String machine) {
    ArrayNode inputs = JSON.arrayNode();
    inputs.addObject().put("name", "word").put("hidden", true);
    String config =
        software
            .createConfig(
                CALLER,
                new ConfigRequest(
                    "c",
                    "script",
                    JSON.stringNode("true"),
                    inputs,
                    JSON.arrayNode(),
                    JSON.objectNode()))
            .id();
    ObjectNode values = JSON.objectNode().put("word", "planted-4712");
    software.createDeployment(
        CALLER,
        new DeploymentRequest(
            Optional.of(config),
            Optional.of(machine),
            Optional.of(values),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private int reads(SoftwareService software, Optional<String> machine, int expected) {
    store.failAt(0, FailingStore.Kind.STATEMENT);
    List<SoftwareDeployment> found = software.deployments(CALLER, machine);
    int reads = store.calls();
    assertThat(found).hasSize(expected);
    assertThat(found)
        .allSatisfy(
            each -> assertThat(each.inputValues().path("word").asString("")).isEqualTo("******"));
    return reads;
  }

  @Test
  void theConfigsOfManyDeploymentsAreReadTogether() {
    try (Engine engine =
        Engines.open(
            new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString()),
            store,
            List.of())) {
      SoftwareService software = engine.software();
      deploy(software, "one");
      for (int i = 0; i < 9; i++) {
        deploy(software, "other");
      }

      // Other threads of the engine read now and then, too.
      assertThat(reads(software, Optional.empty(), 10)).isLessThan(8);
      assertThat(reads(software, Optional.of("other"), 9)).isLessThan(8);
    }
  }
}
