package io.hotpod.pod.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.document.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A manifest that says itself what is expected of it, in lines that begin with {@code ##}; a JSON
 * file, which has no comments, in a file of its name with {@code .expect} appended.
 *
 * <pre>
 * ## error 7:5 spec.containers[0]: text that the problem contains
 * ## warning 3:1 path: text that the warning contains
 * ## config-map NAME KEY...        what the context brings along
 * ## secret NAME KEY...
 * ## same-as FILE                  has the same normalised pod as another file
 * </pre>
 *
 * All errors and warnings have to be listed. A file without errors has its normalised pod beside it
 * in {@code NAME.expected.json}, or names another file that has.
 */
record ManifestFixture(Path file, String text, List<String> expectations) {
  private static final Path DIRECTORY = Path.of("src/test/resources/manifests");

  static Stream<ManifestFixture> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .filter(file -> !file.toString().endsWith(".expected.json"))
          .filter(file -> !file.toString().endsWith(".expect"))
          .sorted()
          .map(ManifestFixture::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ManifestFixture named(String name) {
    return read(DIRECTORY.resolve(name));
  }

  private static ManifestFixture read(Path file) {
    try {
      String text = Files.readString(file, UTF_8);
      Path beside = file.resolveSibling(file.getFileName() + ".expect");
      String words = Files.exists(beside) ? Files.readString(beside, UTF_8) : text;
      List<String> expectations =
          words
              .lines()
              .filter(line -> line.startsWith("## "))
              .map(line -> line.substring(3).strip())
              .toList();
      return new ManifestFixture(file, text, expectations);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return file.getFileName().toString();
  }

  ManifestContext context() {
    return new ManifestContext(keys("config-map "), keys("secret "));
  }

  Optional<String> sameAs() {
    return lines("same-as ").stream().findFirst();
  }

  Optional<String> expectedPod() {
    Path expected = file.resolveSibling(name().replaceAll("\\.[a-z]+$", "") + ".expected.json");
    try {
      return Files.exists(expected)
          ? Optional.of(Files.readString(expected, UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> errors() {
    return lines("error ");
  }

  List<String> warnings() {
    return lines("warning ");
  }

  /** A problem in the words of an expectation. */
  static String spoken(Problem problem) {
    return problem.location().map(place -> place.line() + ":" + place.column()).orElse("-")
        + " "
        + problem.path()
        + ": "
        + problem.message()
        + problem.advice().map(advice -> "; " + advice).orElse("");
  }

  /** Whether a problem is what an expectation means: it may stop where the rest goes on. */
  static boolean matches(String expectation, Problem problem) {
    return spoken(problem).startsWith(expectation);
  }

  @Override
  public String toString() {
    return name();
  }

  private List<String> lines(String keyword) {
    return expectations.stream()
        .filter(line -> line.startsWith(keyword))
        .map(line -> line.substring(keyword.length()).strip())
        .toList();
  }

  private Map<String, Set<String>> keys(String keyword) {
    Map<String, Set<String>> keys = new LinkedHashMap<>();
    for (String line : lines(keyword)) {
      List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
      keys.put(words.removeFirst(), new LinkedHashSet<>(words));
    }
    return keys;
  }
}
