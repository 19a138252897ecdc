package io.hotpod.pod;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a Pod the cheap way, and whatever is beyond that by Jackson's own way. What has no shape of
 * a Pod is refused with its path.
 */
final class PodDeserializer extends ValueDeserializer<Pod> {
  @Override
  public Pod deserialize(JsonParser parser, DeserializationContext context) {
    JsonNode tree = context.readTree(parser);
    Optional<ModelCheck.Problem> problem = ModelCheck.problem(tree, Pod.class);
    if (problem.isPresent()) {
      return context.reportInputMismatch(Pod.class, "%s", problem.get().words());
    }
    return ModelReader.read(tree, Pod.class)
        .orElseGet(() -> Whole.MAPPER.treeToValue(withoutNulls(tree), Pod.class));
  }

  /** A null would take the place of the empty list that the model has where nothing is said. */
  private static JsonNode withoutNulls(JsonNode tree) {
    JsonNode copy = tree.deepCopy();
    removeNulls(copy);
    return copy;
  }

  private static void removeNulls(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      object.removeIf(JsonNode::isNull);
    }
    tree.forEach(PodDeserializer::removeNulls);
  }

  /** Made when it is first needed, which with well-formed pods is never. */
  private static final class Whole {
    static final JsonMapper MAPPER =
        JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // It would become a null, in lists too.
            .withCoercionConfigDefaults(
                defaults ->
                    defaults.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .build();
  }
}
