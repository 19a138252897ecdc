package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that names tests names tests that there are. */
final class TestRegressionsPage {
  private static final Pattern NAMED = Pattern.compile("`(Test\\w+)\\.(\\w+)`");

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    String page = Files.readString(Project.document("regressions.md"));
    List<MatchResult> named = NAMED.matcher(page).results().toList();

    assertThat(named).hasSizeGreaterThan(20);
    for (MatchResult test : named) {
      String source = source(test.group(1));
      assertThat(source).as(test.group()).contains("\n  void " + test.group(2) + "(");
    }
  }

  private static String source(String name) throws IOException {
    for (String module : List.of("agent", "e2e", "engine", "pod", "server")) {
      try (Stream<Path> files = Files.walk(Project.module(module).resolve("src/test/java"))) {
        List<String> found =
            files
                .filter(path -> path.getFileName().toString().equals(name + ".java"))
                .map(TestRegressionsPage::read)
                .toList();
        if (!found.isEmpty()) {
          return found.getFirst();
        }
      }
    }
    return "";
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
