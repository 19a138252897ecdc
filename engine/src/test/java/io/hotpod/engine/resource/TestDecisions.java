package io.hotpod.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.resource.heat.RandomStringType;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import io.hotpod.template.DeletionPolicy;
import io.hotpod.template.ResourceFacade;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Of a type that cannot be updated in place, so that asking for an update would fail. */
final class TestDecisions {
  private static final RandomStringType TYPE = new RandomStringType(new Random(1));
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();
  private static final ResourceFacade FACADE =
      new ResourceFacade(NOTHING, DeletionPolicy.DELETE, NOTHING);

  @ParameterizedTest
  @CsvSource({
    "CREATE, COMPLETE, NONE",
    "UPDATE, COMPLETE, NONE",
    "RESUME, COMPLETE, NONE",
    "CHECK, COMPLETE, NONE",
    "SUSPEND, COMPLETE, RESUME",
    "SUSPEND, IN_PROGRESS, RESUME",
    "RESUME, IN_PROGRESS, RESUME",
    "CHECK, IN_PROGRESS, RESUME",
    "RESUME, FAILED, REPLACE",
    "DELETE, IN_PROGRESS, REPLACE",
  })
  void whatIsCutOffNeedsNoUpdateWhenNothingChanged(
      Action action, Status status, Decision.Kind expected) {
    Decision decision =
        Decisions.decide(
            existing(action, status),
            TYPE,
            DecisionContext.real("default"),
            NOTHING,
            Set.of(),
            FACADE);

    assertThat(decision.kind()).isEqualTo(expected);
  }

  private static ResourceRecord existing(Action action, Status status) {
    return new ResourceRecord(
        "id",
        "stack",
        "name",
        TYPE.schema().type(),
        TYPE.implementation(),
        1,
        Optional.of("physical"),
        action,
        status,
        "",
        Optional.empty(),
        NOTHING,
        Optional.empty(),
        NOTHING,
        Set.of(),
        "definition",
        "operation",
        Optional.empty(),
        false,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
