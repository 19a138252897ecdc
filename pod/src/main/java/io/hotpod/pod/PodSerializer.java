package io.hotpod.pod;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;

/** Writes a Pod the cheap way, and whatever is beyond that by Jackson's own way. */
final class PodSerializer extends ValueSerializer<Pod> {
  @Override
  public void serialize(Pod pod, JsonGenerator generator, SerializationContext context) {
    Optional<JsonNode> tree = ModelWriter.write(pod);
    context.writeTree(generator, tree.orElseGet(() -> Whole.MAPPER.valueToTree(pod)));
  }

  /** Made when it is first needed, which with pods of manifests is never. */
  private static final class Whole {
    static final JsonMapper MAPPER = new JsonMapper();
  }
}
