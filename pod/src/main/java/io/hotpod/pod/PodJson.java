package io.hotpod.pod;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Pod;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The JSON form of the records of this package, on the wire and on disk. Thread-safe. */
public final class PodJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          // A newer peer may say more than this one understands.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addDeserializer(Pod.class, new PodDeserializer())
                  .addDeserializer(DesiredPod.class, new DesiredPodDeserializer())
                  .addSerializer(Pod.class, new PodSerializer()))
          .build();

  private PodJson() {}

  /** JSON text, without white space. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** JSON text in UTF-8. */
  public static byte[] writeBytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** JSON as a tree; changing it does not change the value. */
  public static JsonNode toTree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * A value from JSON text.
   *
   * @throws JacksonException when the text is not JSON or not of that type
   */
  public static <T> T read(String text, Class<T> type) {
    return MAPPER.readValue(text, type);
  }

  /**
   * A value from JSON text in UTF-8.
   *
   * @throws JacksonException when the bytes are not JSON or not of that type
   */
  public static <T> T read(byte[] bytes, Class<T> type) {
    return MAPPER.readValue(bytes, type);
  }

  /**
   * A value from a tree.
   *
   * @throws JacksonException when the tree is not of that type
   */
  public static <T> T read(JsonNode tree, Class<T> type) {
    return MAPPER.treeToValue(tree, type);
  }
}
