package io.hotpod.cli.template;

import io.hotpod.cli.stack.StackSources;
import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.template.Template;
import io.hotpod.template.environment.Environment;
import io.hotpod.template.environment.EnvironmentFile;
import io.hotpod.template.environment.EnvironmentLayers;
import io.hotpod.template.environment.ParameterTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The environments of a command line made one. What is wrong with them does not keep the template
 * from being looked at. For one thread.
 */
final class LocalEnvironment {
  private final StackSources sources;
  private final List<Problem> problems = new ArrayList<>();
  private Environment last = Environment.EMPTY;

  LocalEnvironment(StackSources sources) {
    this.sources = sources;
  }

  /** All environments in one; those that are sound, when others are not. */
  Environment merged(Template template) {
    List<EnvironmentFile> files = new ArrayList<>();
    for (String name : sources.environments()) {
      try {
        files.add(EnvironmentFile.parse(name, sources.files().getOrDefault(name, "")));
      } catch (DocumentException refused) {
        problems.addAll(refused.problems());
      }
    }
    try {
      last = new EnvironmentLayers(files, Map.of()).merged(ParameterTypes.of(template));
    } catch (DocumentException refused) {
      problems.addAll(refused.problems());
    }
    return last;
  }

  /** What {@link #merged} gave, or nothing as long as nobody asked. */
  Environment last() {
    return last;
  }

  /** What is wrong, in the order of the command line. */
  List<Problem> problems() {
    return problems;
  }
}
