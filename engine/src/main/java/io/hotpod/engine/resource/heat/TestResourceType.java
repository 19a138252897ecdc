package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.Decision;
import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code OS::Heat::TestResource}: waits, fails and is replaced as a test wants it to. */
public final class TestResourceType implements ResourceType {
  private static final Duration FOREVER = Duration.ofDays(3650);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "OS::Heat::TestResource",
          "A resource which stores the string value that was provided, for tests.",
          List.of(
              PropertyDefinition.of("value", PropertyType.STRING, "The value to be stored.")
                  .withDefault(JSON.stringNode("test_string"))
                  .updatable(),
              PropertyDefinition.of("fail", PropertyType.BOOLEAN, "Fail the create or update.")
                  .withDefault(JSON.booleanNode(false))
                  .updatable(),
              PropertyDefinition.of(
                      "update_replace", PropertyType.BOOLEAN, "Replace when the value changes.")
                  .withDefault(JSON.booleanNode(false))
                  .updatable(),
              PropertyDefinition.of(
                  "update_replace_value", PropertyType.STRING, "Replace when this changes."),
              PropertyDefinition.of(
                      "wait_secs",
                      PropertyType.NUMBER,
                      "Seconds to wait after an action; -1 waits for ever.")
                  .withDefault(JSON.numberNode(0))
                  .updatable(),
              PropertyDefinition.of(
                      "action_wait_secs",
                      PropertyType.MAP,
                      "Seconds to wait after create, update or delete; goes before wait_secs.")
                  .updatable(),
              PropertyDefinition.of(
                      "attr_wait_secs",
                      PropertyType.NUMBER,
                      "Taken, and not waited for: attributes are there at once.")
                  .updatable(),
              PropertyDefinition.of(
                      "constraint_prop_secs",
                      PropertyType.NUMBER,
                      "Taken, and not waited for: nothing is asked to check it.")
                  .updatable(),
              PropertyDefinition.of(
                      "client_name",
                      PropertyType.STRING,
                      "Taken, and not used: there is no client.")
                  .updatable(),
              PropertyDefinition.of(
                      "entity_name",
                      PropertyType.STRING,
                      "Taken, and not used: there is nothing to look up.")
                  .updatable()),
          List.of(
              AttributeDefinition.of("output", PropertyType.STRING, "The value that was stored.")));

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public Decision decide(
      DecisionContext context, ObjectNode before, ObjectNode after, Set<String> unknown) {
    Decision decision = ResourceType.super.decide(context, before, after, unknown);
    boolean valueChanges =
        unknown.contains("value") || !before.path("value").equals(after.path("value"));
    if (valueChanges && after.path("update_replace").asBoolean(false)) {
      return Decision.replace(List.of("value changed and update_replace is set"));
    }
    return decision;
  }

  @Override
  public boolean reachesOutside() {
    return false;
  }

  @Override
  public Physical create(ResourceContext context) {
    return act(context, "create");
  }

  @Override
  public Physical update(ResourceContext context, ResourceRecord existing) {
    return act(context, "update");
  }

  @Override
  public void delete(ResourceContext context) {
    pause(context, "delete");
  }

  private static Physical act(ResourceContext context, String action) {
    pause(context, action);
    if (context.properties().path("fail").asBoolean(false)) {
      throw new ResourceFailure("Test Resource failed " + context.resource().name());
    }
    return Physical.of(context.resource().id());
  }

  private static void pause(ResourceContext context, String action) {
    JsonNode general = context.properties().path("wait_secs");
    JsonNode seconds = context.properties().path("action_wait_secs").path(action);
    double wanted = seconds.isNumber() ? seconds.doubleValue() : general.asDouble(0);
    if (wanted == 0) {
      return;
    }
    Duration limit = wanted < 0 ? FOREVER : Duration.ofMillis(Math.round(wanted * 1000));
    context.progress("waiting as told by wait_secs");
    context.await(List.of(), limit, Optional::empty);
  }

  @Override
  public Optional<List<String>> check(ResourceContext context) {
    return Optional.of(List.of());
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    return predictAttribute(resource.properties(), name);
  }

  @Override
  public Optional<JsonNode> predictAttribute(ObjectNode properties, String name) {
    return name.equals("output") ? Optional.ofNullable(properties.get("value")) : Optional.empty();
  }
}
