package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.signal.SignalAccess;
import io.hotpod.engine.signal.SignalStore;
import io.hotpod.engine.signal.StoredSignal;
import io.hotpod.engine.wake.Topics;
import io.hotpod.template.ResourceView;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code OS::Heat::WaitCondition}: complete when its handle has been signalled often enough. */
public final class WaitConditionType implements ResourceType {
  private static final int LONGEST_TIMEOUT = 43_200;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "OS::Heat::WaitCondition",
          "Waits until its handle has been signalled.",
          List.of(
              PropertyDefinition.of(
                      "handle", PropertyType.STRING, "The handle, as get_resource gives it.")
                  .mandatory()
                  .notEmpty(),
              PropertyDefinition.of(
                      "timeout", PropertyType.NUMBER, "Seconds to wait for all the signals.")
                  .mandatory()
                  .between(1, LONGEST_TIMEOUT),
              PropertyDefinition.of(
                      "count", PropertyType.INTEGER, "How many signals of success are enough.")
                  .withDefault(JSON.numberNode(1))
                  .atLeast(1)
                  .updatable()),
          List.of(
              AttributeDefinition.of(
                  "data", PropertyType.STRING, "JSON text: the data of each signal by its id.")));

  private final SignalStore signals;

  public WaitConditionType(SignalStore signals) {
    this.signals = signals;
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
    waitForSignals(context);
    return Physical.of(context.resource().id());
  }

  @Override
  public Physical update(ResourceContext context, ResourceRecord existing) {
    waitForSignals(context);
    return Physical.of(context.resource().id());
  }

  private void waitForSignals(ResourceContext context) {
    String handle = handle(context.properties());
    int count = context.properties().path("count").asInt(1);
    Optional<Boolean> enough =
        context.awaitAnew(
            List.of(Topics.signals(handle)),
            left(context),
            () -> {
              List<StoredSignal> received = signals.of(handle);
              List<String> failures = WaitSignals.reasons(received, WaitSignals.FAILURE);
              if (!failures.isEmpty()) {
                throw new ResourceFailure("WaitConditionFailure", "", String.join(";", failures));
              }
              if (received.size() >= count) {
                return Optional.of(true);
              }
              context.progress("%d of %d signals received".formatted(received.size(), count));
              return Optional.empty();
            });
    if (enough.isEmpty()) {
      throw new ResourceFailure("WaitConditionTimeout", "", received(handle, count));
    }
  }

  /** What is left of the time, which began when the modification did, whatever crashed since. */
  private Duration left(ResourceContext context) {
    Duration timeout =
        Duration.ofMillis(
            Math.round(context.properties().path("timeout").asDouble(LONGEST_TIMEOUT) * 1000));
    Instant now = context.clock().instant();
    Instant since =
        signals.waitingSince(
            context.resource().id(), context.resource().token().orElseThrow().value(), now);
    Duration left = timeout.minus(Duration.between(since, now));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private String received(String handle, int count) {
    List<String> reasons = WaitSignals.reasons(signals.of(handle), WaitSignals.SUCCESS);
    String words = "%d of %d received".formatted(reasons.size(), count);
    return reasons.isEmpty() ? words : words + " - " + String.join(";", reasons);
  }

  private static String handle(ObjectNode properties) {
    return SignalAccess.resourceId(properties.path("handle").asString(""));
  }

  @Override
  public void delete(ResourceContext context) {
    signals.clear(context.resource().id());
    // Whatever takes this one's place has been waiting for the same signals.
    if (context.resource().replacedBy().isEmpty()) {
      signals.clear(handle(context.properties()));
    }
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    return name.equals("data") ? Optional.of(text(data(resource))) : Optional.empty();
  }

  /** Who signals may repeat what the machine was given. */
  @Override
  public Optional<JsonNode> shownAttribute(
      ResourceRecord resource, String name, List<JsonNode> path, Supplier<Redaction> hidden) {
    return name.equals("data")
        ? Optional.of(ResourceView.inside(text(hidden.get().apply(data(resource))), path))
        : Optional.empty();
  }

  private ObjectNode data(ResourceRecord resource) {
    ObjectNode data = JSON.objectNode();
    for (StoredSignal signal : signals.of(handle(resource.properties()))) {
      data.set(signal.id(), signal.content().path(WaitSignals.DATA));
    }
    return data;
  }

  private static JsonNode text(ObjectNode data) {
    return JSON.stringNode(PythonJson.dumps(data));
  }
}
