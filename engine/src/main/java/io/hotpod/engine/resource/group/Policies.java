package io.hotpod.engine.resource.group;

import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyReader;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The update policies of groups: {@code rolling_update} and {@code batch_create}. */
public final class Policies {
  public static final String ROLLING_UPDATE = "rolling_update";
  public static final String BATCH_CREATE = "batch_create";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Policies() {}

  /** What a batch is, as properties: {@code min_in_service} only where it means something. */
  public static List<PropertyDefinition> batch(boolean withMinInService) {
    List<PropertyDefinition> keys = new ArrayList<>();
    if (withMinInService) {
      keys.add(
          PropertyDefinition.of(
                  "min_in_service",
                  PropertyType.INTEGER,
                  "The minimum number of members in service while the update runs.")
              .withDefault(JSON.numberNode(0))
              .atLeast(0));
    }
    keys.add(
        PropertyDefinition.of(
                "max_batch_size", PropertyType.INTEGER, "The maximum number of members at once.")
            .withDefault(JSON.numberNode(1))
            .atLeast(1));
    keys.add(
        PropertyDefinition.of("pause_time", PropertyType.NUMBER, "Seconds to wait between batches.")
            .withDefault(JSON.numberNode(0))
            .atLeast(0));
    return keys;
  }

  /** The policies that a group of a type takes. */
  public static ResourceSchema schema(String type, boolean withMinInService) {
    return ResourceSchema.of(
        type,
        "How the members of a group are made and changed.",
        List.of(
            PropertyDefinition.of(
                    ROLLING_UPDATE, PropertyType.MAP, "Change the members in batches.")
                .holding(batch(withMinInService)),
            PropertyDefinition.of(BATCH_CREATE, PropertyType.MAP, "Make the members in batches.")
                .holding(batch(false))),
        List.of());
  }

  /**
   * The batches that a policy of a resource asks for.
   *
   * @param policies as the template gives them, checked before
   * @return empty when there is no such policy
   */
  public static Optional<Batches> of(ResourceSchema schema, JsonNode policies, String name) {
    if (!(policies instanceof ObjectNode given) || !given.path(name).isObject()) {
      return Optional.empty();
    }
    ObjectNode read =
        new PropertyReader(schema, "", path -> Optional.empty()).read(given, Set.of());
    return Optional.of(Batches.of(read.path(name)));
  }
}
