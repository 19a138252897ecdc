package io.hotpod.pod;

import io.fabric8.kubernetes.api.model.Pod;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** Reads a Pod the cheap way, and whatever is beyond that by Jackson's own way. */
final class PodDeserializer extends ValueDeserializer<Pod> {
  @Override
  public Pod deserialize(JsonParser parser, DeserializationContext context) {
    JsonNode tree = context.readTree(parser);
    return ModelReader.read(tree, Pod.class)
        .orElseGet(() -> Whole.MAPPER.treeToValue(tree, Pod.class));
  }

  /** Made when it is first needed, which with well-formed pods is never. */
  private static final class Whole {
    static final JsonMapper MAPPER =
        JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  }
}
