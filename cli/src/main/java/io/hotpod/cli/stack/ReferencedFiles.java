package io.hotpod.cli.stack;

import io.hotpod.cli.output.Problems;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.TextFile;
import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.Location;
import io.hotpod.document.Node;
import io.hotpod.document.ScalarNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects the files that templates and environments name, each relative to the file that names it.
 * The server knows a file by one key: in the first template's directory that is what the template
 * says; elsewhere the path from there, and the text that names it is sent with that path in it. Use
 * once.
 */
final class ReferencedFiles {
  /** More is a loop of links, or a mistake. */
  private static final int MOST_FILES = 10_000;

  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

  private final Path base;
  private final boolean readsAll;
  private final Map<String, String> files = new LinkedHashMap<>();

  /**
   * @param base the directory of the first template, as {@link #directory} gives it
   * @param readsAll whether templates that name no files are read too, so that what is wrong with
   *     them is said here
   */
  ReferencedFiles(Path base, boolean readsAll) {
    this.base = base;
    this.readsAll = readsAll;
  }

  /** The directory that a file lies in, without detours. */
  static Path directory(Path file) {
    return file.toAbsolutePath().resolve("..").normalize();
  }

  /** What was collected, by key. */
  Map<String, String> files() {
    return files;
  }

  /**
   * Collects what a template names, and what that names.
   *
   * @param name what errors call the text
   * @return the text with the keys that the server will find
   */
  String template(Path path, String name, String text) {
    return readsAll || References.mayBeIn(text)
        ? rewritten(path, name, text, References.ofTemplate(read(name, text)))
        : text;
  }

  /** The same for an environment, whose registry may name templates. */
  String environment(Path path, String name, String text) {
    boolean saysNothing =
        text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
    return saysNothing
        ? text
        : rewritten(path, name, text, References.ofEnvironment(read(name, text)));
  }

  private static Node read(String name, String text) {
    try {
      return READER.read(name, text);
    } catch (DocumentException refusal) {
      throw Problems.failure(name, refusal.problems(), Map.of(name, text));
    }
  }

  private String rewritten(Path path, String name, String text, References references) {
    Path directory = directory(path);
    Map<Integer, Spliced> changes = new TreeMap<>((left, right) -> right - left);
    for (References.Reference reference : references.all()) {
      ScalarNode node = reference.node();
      String written = node.text();
      String place = node.location().map(Location::toString).orElse(name) + ": ";
      if (written.contains("://")) {
        throw CommandFailure.of(
            place + reference.kind() + ": " + written + ": URLs are not supported.",
            "Name a file relative to the file that names it.");
      }
      Path target = directory.resolve(written);
      String key =
          directory.equals(base) ? written : base.relativize(target.normalize()).toString();
      if (!key.equals(written)) {
        Spliced change = Spliced.of(text, node, key);
        changes.put(change.from(), change);
      }
      collect(target, key, place, reference.isTemplate());
    }
    StringBuilder result = new StringBuilder(text);
    changes
        .values()
        .forEach(change -> result.replace(change.from(), change.to(), change.replacement()));
    return result.toString();
  }

  private void collect(Path target, String key, String place, boolean isTemplate) {
    if (files.containsKey(key)) {
      return;
    }
    if (files.size() >= MOST_FILES) {
      throw CommandFailure.of(place + "these are more than " + MOST_FILES + " files.");
    }
    String text = mentioned(target, place, key);
    // Known before what it names is looked at: templates may name each other.
    files.put(key, text);
    if (isTemplate) {
      files.put(key, template(target, key, text));
    }
  }

  /** A file of the command line; that it cannot be read is a fault of the command line. */
  static String named(Path path, String name, String kind) {
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
