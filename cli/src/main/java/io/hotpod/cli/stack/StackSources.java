package io.hotpod.cli.stack;

import io.hotpod.cli.session.Session;
import io.hotpod.document.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A template with everything that it needs, read from files.
 *
 * @param name the template's path as people gave it; errors call it so
 * @param files what templates and environments name, by its key, and the environments, by their
 *     path
 * @param environments paths of the environments, in order
 * @param missing why files that are named are not among the files, by their key
 */
public record StackSources(
    String name,
    String template,
    Map<String, String> files,
    List<String> environments,
    Map<String, Problem> missing) {
  public StackSources {
    files = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(files));
    environments = List.copyOf(environments);
    missing = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(missing));
  }

  /**
   * Reads a template and environments, with all files that they name, each relative to the file
   * that names it. A file that cannot be read is refused.
   */
  public static StackSources read(Session session, String template, List<String> environments) {
    return read(session, template, environments, false);
  }

  /**
   * The same for who reads the texts afterwards and says then what is wrong with them: files that
   * cannot be read are {@link #missing}.
   */
  public static StackSources gather(Session session, String template, List<String> environments) {
    return read(session, template, environments, true);
  }

  private static StackSources read(
      Session session, String template, List<String> environments, boolean goesOn) {
    Path path = session.path(template).toAbsolutePath();
    ReferencedFiles referenced = new ReferencedFiles(ReferencedFiles.directory(path), goesOn);
    String text =
        referenced.template(path, template, ReferencedFiles.named(path, template, "template"));
    Map<String, String> own = new LinkedHashMap<>();
    for (String environment : environments) {
      Path file = session.path(environment);
      String read = ReferencedFiles.named(file, environment, "environment");
      own.put(environment, referenced.environment(file, environment, read));
    }
    Map<String, String> files = new LinkedHashMap<>(referenced.files());
    files.putAll(own);
    return new StackSources(template, text, files, environments, referenced.missing());
  }

  /** Every text by the name that errors give it. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>(files);
    texts.put(name, template);
    return texts;
  }
}
