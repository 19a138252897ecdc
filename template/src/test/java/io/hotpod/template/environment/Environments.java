package io.hotpod.template.environment;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.template.ParameterType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Short words for what the tests of environments do again and again. */
final class Environments {
  /** The types that the parameters in tests have, by name. */
  static final Map<String, ParameterType> TYPES =
      Map.of(
          "text", ParameterType.STRING,
          "number", ParameterType.NUMBER,
          "list", ParameterType.COMMA_DELIMITED_LIST,
          "json", ParameterType.JSON,
          "flag", ParameterType.BOOLEAN);

  private Environments() {}

  /** Merges texts, called {@code 1.yaml}, {@code 2.yaml} and so on. */
  static Environment merged(String... texts) {
    List<EnvironmentFile> files = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      files.add(EnvironmentFile.parse((i + 1) + ".yaml", texts[i]));
    }
    return new EnvironmentLayers(files, Map.of()).merged(TYPES);
  }

  static ResourceRegistry registry(String entries) {
    return merged("resource_registry: " + entries).registry();
  }

  /** What merging the texts is refused with. */
  static List<String> problems(String... texts) {
    return Assertions.catchThrowableOfType(DocumentException.class, () -> merged(texts))
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }
}
