package io.hotpod.server.heat;

import io.hotpod.engine.stack.StackRequest;
import io.hotpod.server.fetch.Fetcher;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.RequestFields;
import io.hotpod.template.environment.EnvironmentLayers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the body of a create, an update or a preview. Keys that it does not know are ignored. */
final class StackRequestReader {
  private static final String DEFAULT_TEMPLATE_NAME = "template";
  private static final String CONVERGE = "converge";
  private static final String TEMPLATE_URL = "template_url";
  private static final int LONGEST_TAG = 80;

  /** What Heat knows and this server does not. */
  private static final List<String> REFUSED = List.of("files_container", "adopt_stack_data");

  private final RemoteFiles remote;

  StackRequestReader(RemoteFiles remote) {
    this.remote = remote;
  }

  /** Reads what a stack is or would be changed to; only that may look at what is there. */
  StackRequest readChange(ObjectNode body) {
    return read(body).converging(RequestFields.flag(body, CONVERGE).orElse(false));
  }

  /** Reads what a new stack is or would be; nothing of it is there yet. */
  StackRequest readCreate(ObjectNode body) {
    if (body.has(CONVERGE)) {
      throw ApiException.badRequest(
          "converge flag only supported in stack update (or update preview) request.");
    }
    return read(body);
  }

  /** Reads what is neither; what it may look at is ignored, as in Heat. */
  StackRequest read(ObjectNode body) {
    refuseUnsupported(body);
    Map<String, String> given = files(body);
    Fetcher.Reading reading = remote.begin();
    Optional<String> template = template(body, reading);
    Map<String, String> files =
        remote.completed(reading, template.orElse(""), environments(body, given), given);
    return new StackRequest(
        RequestFields.text(body, "stack_name"),
        template,
        RequestFields.text(body, "template_name").orElseGet(() -> templateName(body)),
        files,
        environment(body, files),
        new LinkedHashSet<>(strings(body, "clear_parameters")),
        timeout(body),
        RequestFields.flag(body, "disable_rollback"),
        RequestFields.value(body, "tags").map(StackRequestReader::tags));
  }

  /** The template that was sent; only without one, that under the URL that was sent. */
  private static Optional<String> template(ObjectNode body, Fetcher.Reading reading) {
    return RequestFields.value(body, "template")
        .map(StackRequestReader::templateText)
        .or(() -> RequestFields.text(body, TEMPLATE_URL).map(reading::text));
  }

  private static String templateName(ObjectNode body) {
    return RequestFields.value(body, "template").isPresent()
        ? DEFAULT_TEMPLATE_NAME
        : RequestFields.text(body, TEMPLATE_URL).orElse(DEFAULT_TEMPLATE_NAME);
  }

  /** Maps, or texts of maps. */
  private static List<JsonNode> environments(ObjectNode body, Map<String, String> files) {
    List<JsonNode> environments = new ArrayList<>();
    RequestFields.value(body, "environment").ifPresent(environments::add);
    for (String name : strings(body, "environment_files")) {
      Optional.ofNullable(files.get(name))
          .ifPresent(text -> environments.add(JsonNodeFactory.instance.stringNode(text)));
    }
    return environments;
  }

  private static void refuseUnsupported(ObjectNode body) {
    for (String field : REFUSED) {
      if (RequestFields.value(body, field).isPresent()) {
        throw ApiException.notSupported(field);
      }
    }
  }

  /** A map is written out over many lines, so that errors in it still have a place worth naming. */
  private static String templateText(JsonNode template) {
    if (template.isObject()) {
      return Json.writeLines(template);
    }
    if (template.isString()) {
      return template.stringValue();
    }
    throw ApiException.badRequest("\"template\" takes a map or a string.");
  }

  private static Map<String, String> files(ObjectNode body) {
    Map<String, String> files = new LinkedHashMap<>();
    RequestFields.value(body, "files")
        .ifPresent(
            value -> {
              requireMap(value, "files");
              value
                  .propertyStream()
                  .forEach(file -> files.put(file.getKey(), fileText(file.getValue())));
            });
    return files;
  }

  /** The stock client sends some files as the map that it read from them. */
  private static String fileText(JsonNode content) {
    return content.isString() ? content.stringValue() : Json.write(content);
  }

  private static EnvironmentLayers environment(ObjectNode body, Map<String, String> files) {
    EnvironmentReader reader = new EnvironmentReader();
    List<String> names = strings(body, "environment_files");
    if (names.isEmpty()) {
      RequestFields.value(body, "environment").ifPresent(value -> reader.add("environment", value));
    } else {
      reader.addFiles(names, files);
    }
    RequestFields.value(body, "parameters").ifPresent(reader::addParameters);
    return reader.environment();
  }

  private static Optional<Duration> timeout(ObjectNode body) {
    OptionalInt minutes = RequestFields.integer(body, "timeout_mins");
    return minutes.isEmpty() || minutes.getAsInt() == 0
        ? Optional.empty()
        : Optional.of(Duration.ofMinutes(minutes.getAsInt()));
  }

  /** A text of names between commas; empty ones come from clients and mean nothing. */
  private static List<String> tags(JsonNode value) {
    if (!value.isString()) {
      throw ApiException.badRequest("\"tags\" takes a string of names between commas.");
    }
    List<String> tags = new ArrayList<>();
    for (String part : value.stringValue().split(",", -1)) {
      String tag = part.strip();
      if (tag.length() > LONGEST_TAG) {
        throw ApiException.badRequest(
            "Invalid tag, \"%s\" is longer than %d characters".formatted(tag, LONGEST_TAG));
      }
      if (!tag.isEmpty()) {
        tags.add(tag);
      }
    }
    return tags;
  }

  private static List<String> strings(ObjectNode body, String field) {
    Optional<JsonNode> value = RequestFields.value(body, field);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!value.get().isArray() || !value.get().valueStream().allMatch(JsonNode::isString)) {
      throw ApiException.badRequest("\"%s\" takes a list of strings.".formatted(field));
    }
    return value.get().valueStream().map(JsonNode::stringValue).toList();
  }

  private static void requireMap(JsonNode value, String field) {
    if (!value.isObject()) {
      throw ApiException.badRequest("\"%s\" takes a map.".formatted(field));
    }
  }
}
