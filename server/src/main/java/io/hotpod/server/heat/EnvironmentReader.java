package io.hotpod.server.heat;

import io.hotpod.document.DocumentException;
import io.hotpod.document.RepeatedKeys;
import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.server.http.ApiException;
import io.hotpod.template.environment.EnvironmentFile;
import io.hotpod.template.environment.EnvironmentLayers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Collects the environments of one request, in their order. Texts may repeat keys, as in Heat; what
 * is doubtful about them is said when they are validated.
 */
final class EnvironmentReader {
  private final List<EnvironmentFile> environments = new ArrayList<>();
  private final Map<String, JsonNode> parameters = new LinkedHashMap<>();

  /**
   * Adds an environment.
   *
   * @param name what errors call it
   * @param value a map, or the text of one in YAML or JSON
   */
  void add(String name, JsonNode value) {
    environments.add(
        read(
            () ->
                value.isString()
                    ? EnvironmentFile.parse(name, value.stringValue(), RepeatedKeys.LAST_COUNTS)
                    : EnvironmentFile.of(name, value)));
  }

  /** Adds values that go before all environments. */
  void addParameters(JsonNode values) {
    if (!values.isObject()) {
      throw ApiException.badRequest(
          "Unexpected format for section \"parameters\" of the environment: it takes a map.");
    }
    values.propertyStream().forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
  }

  /** The names in {@code environment_files}, each a key of the files. */
  void addFiles(List<String> names, Map<String, String> files) {
    for (String name : names) {
      String text = files.get(name);
      if (text == null) {
        throw ApiException.badRequest(
            "environment_files names \"%s\", which is not among the files.".formatted(name));
      }
      environments.add(read(() -> EnvironmentFile.parse(name, text, RepeatedKeys.LAST_COUNTS)));
    }
  }

  EnvironmentLayers environment() {
    return new EnvironmentLayers(environments, parameters);
  }

  private static EnvironmentFile read(Supplier<EnvironmentFile> reading) {
    try {
      return reading.get();
    } catch (DocumentException refusal) {
      throw new EngineException(ErrorCode.VALIDATION_FAILED, refusal);
    }
  }
}
