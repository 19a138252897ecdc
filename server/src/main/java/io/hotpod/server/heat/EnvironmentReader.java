package io.hotpod.server.heat;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.Node;
import io.hotpod.document.Nodes;
import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.stack.Environment;
import io.hotpod.server.http.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads environments; several are merged, the later ones overwriting the earlier ones. */
final class EnvironmentReader {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);
  private static final String PARAMETERS = "parameters";
  private static final String DEFAULTS = "parameter_defaults";

  /** Heat's sections that mean nothing while they hold nothing. */
  private static final Set<String> ONLY_EMPTY =
      Set.of(
          "resource_registry",
          "event_sinks",
          "encrypted_param_names",
          "parameter_merge_strategies");

  private final Map<String, JsonNode> parameters = new LinkedHashMap<>();
  private final Map<String, JsonNode> defaults = new LinkedHashMap<>();

  /**
   * Adds an environment.
   *
   * @param name what errors call it
   * @param value a map, or the text of one in YAML or JSON
   */
  void add(String name, JsonNode value) {
    if (value.isString()) {
      if (!value.stringValue().isBlank()) {
        add(parse(name, value.stringValue()));
      }
    } else {
      add(Nodes.of(value));
    }
  }

  private static Node parse(String name, String text) {
    try {
      return READER.read(name, text);
    } catch (DocumentException refusal) {
      throw new EngineException(ErrorCode.VALIDATION_FAILED, refusal);
    }
  }

  private void add(Node environment) {
    JsonNode sections = environment.toJson();
    if (sections.isNull()) {
      return;
    }
    if (!sections.isObject()) {
      throw ApiException.badRequest(
          "The environment is not a valid YAML mapping data type; it is %s."
              .formatted(environment.kind()));
    }
    sections.propertyStream().forEach(section -> addSection(section.getKey(), section.getValue()));
  }

  private void addSection(String section, JsonNode value) {
    switch (section) {
      case PARAMETERS -> merge(section, value, parameters);
      case DEFAULTS -> merge(section, value, defaults);
      default -> {
        if (!ONLY_EMPTY.contains(section)) {
          throw ApiException.badRequest("environment has wrong section \"%s\"".formatted(section));
        }
        if (!isEmpty(value)) {
          throw ApiException.badRequest(
              "The environment section %s is not supported yet.".formatted(section));
        }
      }
    }
  }

  private static void merge(String section, JsonNode values, Map<String, JsonNode> into) {
    if (!values.isObject()) {
      throw ApiException.badRequest(
          "Unexpected format for section \"%s\" of the environment: it takes a map."
              .formatted(section));
    }
    values.propertyStream().forEach(entry -> into.put(entry.getKey(), entry.getValue()));
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isContainer() && value.valueStream().allMatch(EnvironmentReader::isEmpty);
  }

  /** Adds values that go before all environments. */
  void addParameters(JsonNode values) {
    merge(PARAMETERS, values, parameters);
  }

  Environment environment() {
    return new Environment(parameters, defaults);
  }

  /** The names in {@code environment_files}, each a key of the files. */
  void addFiles(List<String> names, Map<String, String> files) {
    for (String name : names) {
      String text = files.get(name);
      if (text == null) {
        throw ApiException.badRequest(
            "environment_files names \"%s\", which is not among the files.".formatted(name));
      }
      if (!text.isBlank()) {
        add(parse(name, text));
      }
    }
  }
}
