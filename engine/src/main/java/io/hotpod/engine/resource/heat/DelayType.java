package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code OS::Heat::Delay}: lets time pass. */
public final class DelayType implements ResourceType {
  private static final String UNTIL = "until";
  private static final String OPERATION = "operation";
  private static final String CREATE = "CREATE";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "OS::Heat::Delay",
          "Lets time pass before what depends on it begins.",
          List.of(
              PropertyDefinition.of("min_wait", PropertyType.NUMBER, "Seconds to wait at least.")
                  .withDefault(JSON.numberNode(0))
                  .atLeast(0)
                  .updatable(),
              PropertyDefinition.of(
                      "max_jitter",
                      PropertyType.NUMBER,
                      "Up to so many seconds more, chosen at random.")
                  .withDefault(JSON.numberNode(0))
                  .atLeast(0)
                  .updatable(),
              PropertyDefinition.of(
                      "jitter_multiplier",
                      PropertyType.NUMBER,
                      "What max_jitter is multiplied with, such as the number of resources.")
                  .withDefault(JSON.numberNode(1.0))
                  .atLeast(0)
                  .updatable(),
              PropertyDefinition.of(
                      "actions", PropertyType.LIST, "The actions during which to wait.")
                  .withDefault(JSON.arrayNode().add(CREATE))
                  .ofEach(
                      PropertyDefinition.each(PropertyType.STRING, "An action.")
                          .oneOf(List.of(CREATE, "DELETE", "SUSPEND", "RESUME")))
                  .updatable()),
          List.of());

  private final Random random;

  /**
   * @param random for the jitter
   */
  public DelayType(Random random) {
    this.random = random;
  }

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public boolean reachesOutside() {
    return false;
  }

  @Override
  public Physical create(ResourceContext context) {
    pause(context, CREATE);
    return Physical.of(context.resource().id());
  }

  @Override
  public Physical update(ResourceContext context, ResourceRecord existing) {
    return Physical.of(context.resource().id());
  }

  @Override
  public void delete(ResourceContext context) {
    pause(context, "DELETE");
  }

  @Override
  public void suspend(ResourceContext context) {
    pause(context, "SUSPEND");
  }

  @Override
  public void resume(ResourceContext context) {
    pause(context, "RESUME");
  }

  private void pause(ResourceContext context, String action) {
    if (!names(context.properties().path("actions"), action)) {
      return;
    }
    Instant end = end(context);
    Duration left = Duration.between(context.clock().instant(), end);
    if (left.isPositive()) {
      context.progress("waiting until " + end);
      context.await(List.of(), left, Optional::empty);
    }
  }

  private static boolean names(JsonNode actions, String action) {
    return actions.valueStream().anyMatch(each -> each.asString("").equals(action));
  }

  /** When the wait ends; a step that is repeated after a crash does not wait anew. */
  private Instant end(ResourceContext context) {
    ObjectNode data = context.resource().data();
    if (data.path(OPERATION).asString("").equals(context.resource().operationId())) {
      return Instant.ofEpochMilli(data.path(UNTIL).longValue());
    }
    ObjectNode properties = context.properties();
    double jitter =
        properties.path("max_jitter").asDouble(0)
            * properties.path("jitter_multiplier").asDouble(1)
            * random.nextDouble();
    double seconds = properties.path("min_wait").asDouble(0) + jitter;
    Instant end = context.clock().instant().plusMillis(Math.round(seconds * 1000));
    context.remember(
        JSON.objectNode()
            .put(OPERATION, context.resource().operationId())
            .put(UNTIL, end.toEpochMilli()));
    return end;
  }

  @Override
  public Optional<List<String>> check(ResourceContext context) {
    return Optional.of(List.of());
  }
}
