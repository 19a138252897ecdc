package io.hotpod.engine.resource.heat;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.SignalContext;
import io.hotpod.engine.resource.group.GroupScaling;
import io.hotpod.engine.resource.group.GroupState;
import io.hotpod.engine.signal.SignalAccess;
import io.hotpod.engine.signal.SignalTarget;
import io.hotpod.engine.signal.SignedPurpose;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code OS::Heat::ScalingPolicy}: changes the size of a scaling group when it is signalled. */
public final class ScalingPolicyType implements ResourceType {
  private static final String GROUP = "auto_scaling_group_id";
  private static final String ADJUSTMENT = "scaling_adjustment";
  private static final String TYPE = "adjustment_type";
  private static final String COOLDOWN = "cooldown";
  private static final String LEAST_STEP = "min_adjustment_step";
  private static final String ALARM = "alarm";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "OS::Heat::ScalingPolicy",
          "Changes the size of an autoscaling group when it is signalled.",
          List.of(
              PropertyDefinition.of(GROUP, PropertyType.STRING, "The autoscaling group.")
                  .mandatory()
                  .notEmpty(),
              PropertyDefinition.of(ADJUSTMENT, PropertyType.NUMBER, "Size of the adjustment.")
                  .mandatory()
                  .updatable(),
              PropertyDefinition.of(TYPE, PropertyType.STRING, "What the adjustment means.")
                  .oneOf(
                      Stream.of(Adjustment.Kind.values())
                          .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                          .toList())
                  .mandatory()
                  .updatable(),
              PropertyDefinition.of(
                      COOLDOWN, PropertyType.NUMBER, "Seconds between two scalings by this policy.")
                  .atLeast(0)
                  .updatable(),
              PropertyDefinition.of(
                      LEAST_STEP,
                      PropertyType.INTEGER,
                      "The fewest members that a change in per cent adds or removes.")
                  .atLeast(0)
                  .updatable()),
          List.of(
              AttributeDefinition.of(
                  "alarm_url",
                  PropertyType.STRING,
                  "A signed URL that whoever has it may scale the group with."),
              AttributeDefinition.of(
                  "signal_url",
                  PropertyType.STRING,
                  "The URL of Heat's API to signal the policy with.")));

  private final SignalAccess access;
  private final GroupScaling scaling;

  public ScalingPolicyType(SignalAccess access, GroupScaling scaling) {
    this.access = access;
    this.scaling = scaling;
  }

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<Problem> validate(
      ObjectNode properties,
      Set<String> unknown,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    boolean percent =
        unknown.contains(TYPE)
            || properties.path(TYPE).asString("").equals("percent_change_in_capacity");
    return percent || !properties.has(LEAST_STEP)
        ? List.of()
        : List.of(
            new Problem(
                locate.apply(List.of(LEAST_STEP)),
                path + ".properties." + LEAST_STEP,
                "MinAdjustmentStep property should only be specified for adjustment_type with"
                    + " value percent_change_in_capacity",
                Optional.empty()));
  }

  @Override
  public boolean reachesOutside() {
    return false;
  }

  @Override
  public Physical create(ResourceContext context) {
    return Physical.of(context.resource().id());
  }

  @Override
  public Physical update(ResourceContext context, ResourceRecord existing) {
    return new Physical(context.resource().id(), existing.data());
  }

  @Override
  public Optional<List<String>> check(ResourceContext context) {
    return Optional.of(List.of());
  }

  @Override
  public boolean takesSignals() {
    return true;
  }

  @Override
  public Optional<String> signal(SignalContext context, ObjectNode details) {
    String state = details.path("current").asString(details.path("state").asString(ALARM));
    if (!state.toLowerCase(Locale.ROOT).equals(ALARM)) {
      return Optional.empty();
    }
    ObjectNode properties = context.resource().properties();
    Adjustment adjustment =
        new Adjustment(
            Adjustment.Kind.valueOf(properties.path(TYPE).asString("").toUpperCase(Locale.ROOT)),
            new BigDecimal(properties.path(ADJUSTMENT).asString("0")),
            properties.path(LEAST_STEP).asInt(0));
    boolean accepted =
        scaling.change(
            context,
            properties.path(GROUP).asString(""),
            Duration.ofMillis(Math.round(properties.path(COOLDOWN).asDouble(0) * 1000)),
            (present, group) -> scaled(present, group, adjustment));
    return accepted ? Optional.of(words(details)) : Optional.empty();
  }

  private static Optional<Map<String, JsonNode>> scaled(
      GroupState present, ObjectNode group, Adjustment adjustment) {
    int current = present.members().size();
    int wanted =
        adjustment.of(
            current,
            group.path(AutoScalingGroupType.MIN_SIZE).asInt(0),
            group.path(AutoScalingGroupType.MAX_SIZE).asInt(0));
    return wanted == current
        ? Optional.empty()
        : Optional.of(AutoScalingGroupType.resized(present, group, wanted));
  }

  private static String words(ObjectNode details) {
    return details.has("previous") && details.has("current") && details.has("reason")
        ? "alarm state changed from %s to %s (%s)"
            .formatted(
                details.path("previous").asString(""),
                details.path("current").asString(""),
                details.path("reason").asString(""))
        : details.isEmpty() ? "No signal details provided" : "Unknown";
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    SignalTarget target = access.target(resource);
    return switch (name) {
      case "alarm_url" ->
          Optional.of(JSON.stringNode(access.signedUrl(target, SignedPurpose.SIGNAL, "")));
      case "signal_url" -> Optional.of(JSON.stringNode(access.endpoint(target)));
      default -> Optional.empty();
    };
  }
}
