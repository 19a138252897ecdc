package io.hotpod.cli.stack;

import io.hotpod.cli.output.Problems;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.cli.session.TextFile;
import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A template with everything that it needs, read from files.
 *
 * @param name the template's path as people gave it; errors call it so
 * @param files what {@code get_file} names, by its key, and the environments, by their path
 * @param environments paths of the environments, in order
 */
public record StackSources(
    String name, String template, Map<String, String> files, List<String> environments) {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

  public StackSources {
    files = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(files));
    environments = List.copyOf(environments);
  }

  /** Reads a template, the files that it names (relative to itself), and environments. */
  public static StackSources read(Session session, String template, List<String> environments) {
    Path path = session.path(template);
    String text = named(path, template, "template");
    Map<String, String> files = new LinkedHashMap<>();
    for (ScalarNode file : namedFiles(template, text)) {
      String key = file.text();
      if (key.contains("://")) {
        throw CommandFailure.of(
            place(template, file) + "get_file: " + key + ": URLs are not supported.",
            "Name a file relative to the template.");
      }
      files.put(key, mentioned(path.resolveSibling(key), place(template, file), key));
    }
    for (String environment : environments) {
      files.put(environment, named(session.path(environment), environment, "environment"));
    }
    return new StackSources(template, text, files, environments);
  }

  /** Every text by the name that errors give it. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>(files);
    texts.put(name, template);
    return texts;
  }

  private static List<ScalarNode> namedFiles(String name, String text) {
    List<ScalarNode> found = new ArrayList<>();
    try {
      collect(READER.read(name, text), found);
    } catch (DocumentException refusal) {
      throw Problems.failure(name, refusal.problems(), Map.of(name, text));
    }
    return found;
  }

  private static void collect(Node node, List<ScalarNode> found) {
    switch (node) {
      case MappingNode map -> {
        for (MappingNode.Entry entry : map.entries()) {
          if (map.entries().size() == 1
              && entry.key().equals("get_file")
              && entry.value() instanceof ScalarNode file) {
            found.add(file);
          } else {
            collect(entry.value(), found);
          }
        }
      }
      case SequenceNode list -> list.items().forEach(item -> collect(item, found));
      case ScalarNode scalar -> {}
    }
  }

  private static String place(String template, ScalarNode file) {
    return file.location().map(Object::toString).orElse(template) + ": ";
  }

  /** A file of the command line; that it cannot be read is a fault of the command line. */
  private static String named(Path path, String name, String kind) {
    try {
      return READER.text(name, TextFile.bytes(path));
    } catch (DocumentException refusal) {
      throw Problems.failure(name, refusal.problems(), Map.of());
    } catch (IOException failure) {
      throw CommandFailure.usage("the " + kind + " " + name + " " + failure.getMessage() + ".");
    }
  }

  private static String mentioned(Path path, String place, String name) {
    try {
      return READER.text(name, TextFile.bytes(path));
    } catch (DocumentException refusal) {
      throw Problems.failure(name, refusal.problems(), Map.of());
    } catch (IOException failure) {
      throw CommandFailure.of(place + "the file " + name + " " + failure.getMessage() + ".");
    }
  }
}
