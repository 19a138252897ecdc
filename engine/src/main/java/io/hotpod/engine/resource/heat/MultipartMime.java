package io.hotpod.engine.resource.heat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.config.SoftwareConfig;
import io.hotpod.engine.config.SoftwareConfigs;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code OS::Heat::MultipartMime}: several configs in one message for cloud-init. */
final class MultipartMime implements ConfigKind {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "OS::Heat::MultipartMime",
          "Several configs in one message of parts, for the user data of a server.",
          List.of(
              ConfigProperties.group(),
              PropertyDefinition.of("parts", PropertyType.LIST, "The parts.")
                  .ofEach(
                      PropertyDefinition.each(PropertyType.MAP, "One part.")
                          .holding(
                              List.of(
                                  PropertyDefinition.of(
                                          "config",
                                          PropertyType.STRING,
                                          "A text, or the id of a software config.")
                                      .mandatory(),
                                  PropertyDefinition.of(
                                      "filename", PropertyType.STRING, "Name of the file."),
                                  PropertyDefinition.of(
                                          "type",
                                          PropertyType.STRING,
                                          "Whether the part is a text or has parts itself.")
                                      .withDefault(JSON.stringNode("text"))
                                      .oneOf(List.of("text", "multipart")),
                                  PropertyDefinition.of(
                                      "subtype",
                                      PropertyType.STRING,
                                      "Subtype of the text, such as x-shellscript."))))),
          ConfigProperties.attribute(PropertyType.STRING));

  private final SoftwareConfigs configs;

  MultipartMime(SoftwareConfigs configs) {
    this.configs = configs;
  }

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public String group(ObjectNode properties) {
    return properties.path(ConfigProperties.GROUP).asString(SoftwareConfig.UNGROUPED);
  }

  @Override
  public JsonNode config(String project, ObjectNode properties) {
    List<String> parts = new ArrayList<>();
    for (JsonNode part : properties.path("parts")) {
      parts.add(part(project, part));
    }
    String content = String.join("\n", parts);
    // A digest of the content cannot stand inside of the content, and is the same every time.
    String boundary = "===============" + UUID.nameUUIDFromBytes(content.getBytes(UTF_8)) + "==";
    StringBuilder message = new StringBuilder();
    message.append("Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\n");
    message.append("MIME-Version: 1.0\n\n");
    parts.forEach(part -> message.append("--" + boundary + "\n" + part + "\n"));
    return JSON.stringNode(message.append("--" + boundary + "--\n").toString());
  }

  private String part(String project, JsonNode part) {
    String text = text(project, part.path("config").asString(""));
    if (part.path("type").asString("text").equals("multipart")) {
      return text;
    }
    String filename = part.path("filename").asString("");
    return "Content-Type: text/%s; charset=\"utf-8\"\nMIME-Version: 1.0\n%s\n%s"
        .formatted(
            part.path("subtype").asString("plain"),
            filename.isEmpty()
                ? ""
                : "Content-Disposition: attachment; filename=\"%s\"\n"
                    .formatted(filename.replaceAll("[\"\\r\\n]", "_")),
            text);
  }

  private String text(String project, String config) {
    if (!ID.matcher(config).matches()) {
      return config;
    }
    return configs
        .find(project, config)
        .map(found -> found.config().isString() ? found.config().asString("") : found.config() + "")
        .orElseThrow(
            () -> new ResourceFailure("The Software Config (" + config + ") could not be found."));
  }
}
