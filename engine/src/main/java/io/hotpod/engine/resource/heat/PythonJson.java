package io.hotpod.engine.resource.heat;

import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON text as Python writes it, which templates and scripts compare with: {@code {"1": null}}. */
final class PythonJson {
  private static final JsonMapper STRINGS =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .build();

  private PythonJson() {}

  static String dumps(JsonNode value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder text, JsonNode value) {
    if (value.isObject()) {
      text.append('{');
      value
          .propertyStream()
          .forEach(
              entry -> {
                text.append(text.charAt(text.length() - 1) == '{' ? "" : ", ");
                text.append(STRINGS.writeValueAsString(entry.getKey())).append(": ");
                append(text, entry.getValue());
              });
      text.append('}');
    } else if (value.isArray()) {
      text.append('[');
      String separator = "";
      for (JsonNode item : value) {
        text.append(separator);
        append(text, item);
        separator = ", ";
      }
      text.append(']');
    } else {
      text.append(STRINGS.writeValueAsString(value));
    }
  }
}
