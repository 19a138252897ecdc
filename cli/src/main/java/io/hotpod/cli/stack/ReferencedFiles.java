package io.hotpod.cli.stack;

import io.hotpod.cli.output.Problems;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.TextFile;
import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.Location;
import io.hotpod.document.Node;
import io.hotpod.document.Problem;
import io.hotpod.document.RepeatedKeys;
import io.hotpod.document.ScalarNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
  private static final DocumentReader LENIENT_READER =
      new DocumentReader(Limits.DEFAULT, RepeatedKeys.LAST_COUNTS);

  private final Path base;
  private final boolean goesOn;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, Problem> missing = new LinkedHashMap<>();

  /**
   * @param base the directory of the first template, as {@link #directory} gives it
   * @param goesOn whether the first problem does not end it: what is wrong with texts is left to
   *     who reads them next, and what is wrong with files is in {@link #missing}
   */
  ReferencedFiles(Path base, boolean goesOn) {
    this.base = base;
    this.goesOn = goesOn;
  }

  /** The directory that a file lies in, without detours. */
  static Path directory(Path file) {
    return file.toAbsolutePath().resolve("..").normalize();
  }

  /** What was collected, by key. */
  Map<String, String> files() {
    return files;
  }

  /** Why files were not collected, by key; empty for who does not go on. */
  Map<String, Problem> missing() {
    return missing;
  }

  /**
   * Collects what a template names, and what that names.
   *
   * @param name what errors call the text
   * @return the text with the keys that the server will find
   */
  String template(Path path, String name, String text) {
    return !goesOn || References.mayBeIn(text)
        ? read(name, text)
            .map(root -> rewritten(path, name, text, References.ofTemplate(root)))
            .orElse(text)
        : text;
  }

  /** The same for an environment, whose registry may name templates. */
  String environment(Path path, String name, String text) {
    boolean saysNothing =
        text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
    return saysNothing
        ? text
        : read(name, text)
            .map(root -> rewritten(path, name, text, References.ofEnvironment(root)))
            .orElse(text);
  }

  /** Empty when it cannot be read, which is said by who reads it next. */
  private Optional<Node> read(String name, String text) {
    try {
      return Optional.of((goesOn ? LENIENT_READER : READER).read(name, text));
    } catch (DocumentException refusal) {
      if (goesOn) {
        return Optional.empty();
      }
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
        if (goesOn) {
          missing.put(
              written,
              Problem.at(
                  node,
                  reference.kind(),
                  written + ": URLs are not supported.",
                  "name a file relative to the file that names it"));
          continue;
        }
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
      collect(target, key, reference, place);
    }
    StringBuilder result = new StringBuilder(text);
    changes
        .values()
        .forEach(change -> result.replace(change.from(), change.to(), change.replacement()));
    return result.toString();
  }

  private void collect(Path target, String key, References.Reference reference, String place) {
    if (files.containsKey(key) || missing.containsKey(key)) {
      return;
    }
    if (files.size() >= MOST_FILES) {
      throw CommandFailure.of(place + "these are more than " + MOST_FILES + " files.");
    }
    Optional<String> found = mentioned(target, key, reference, place);
    if (found.isEmpty()) {
      return;
    }
    String text = found.orElseThrow();
    // Known before what it names is looked at: templates may name each other.
    files.put(key, text);
    if (reference.isTemplate()) {
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

  private Optional<String> mentioned(
      Path path, String name, References.Reference reference, String place) {
    try {
      return Optional.of(READER.text(name, TextFile.bytes(path)));
    } catch (DocumentException refusal) {
      if (goesOn) {
        missing.put(name, refusal.problems().getFirst());
        return Optional.empty();
      }
      throw Problems.failure(name, refusal.problems(), Map.of());
    } catch (IOException failure) {
      if (goesOn) {
        missing.put(
            name,
            Problem.at(
                reference.node(),
                reference.kind(),
                "the file " + name + " " + failure.getMessage()));
        return Optional.empty();
      }
      throw CommandFailure.of(place + "the file " + name + " " + failure.getMessage() + ".");
    }
  }
}
