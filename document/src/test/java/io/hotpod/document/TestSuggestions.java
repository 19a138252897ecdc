package io.hotpod.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestSuggestions {
  private static final List<String> CANDIDATES =
      List.of("containers", "initContainers", "volumes", "name", "image", "if", "get_param");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          containrs, containers
          contianers, containers
          Containers, containers
          initcontainers, initContainers
          volume, volumes
          nmae, name
          imgae, image
          getparam, get_param
          get_parm, get_param
          IMAGE, image
          fi, if
          xy, -
          x, -
          command, -
          restartPolicy, -
          '', -
          """)
  void findsTheWordThatWasMeant(String word, String expected) {
    assertThat(Suggestions.nearest(word, CANDIDATES).orElse(null)).isEqualTo(expected);
  }

  @Test
  void saysItAsAQuestion() {
    assertThat(Suggestions.advice("containrs", CANDIDATES))
        .contains("did you mean \"containers\"?");
    assertThat(Suggestions.advice("x".repeat(1_000_000), CANDIDATES)).isEmpty();
  }

  @Test
  void veryManyCandidatesAreNotAllCompared() {
    String letters = "abcdefghijklmnopqrstuvwxyz".repeat(2);
    List<String> anagrams =
        IntStream.range(0, 200_000)
            .mapToObj(
                i -> letters.substring(i % 52) + letters.substring(0, i % 52) + "-".repeat(i % 7))
            .toList();
    String word = new StringBuilder(letters).reverse().toString();

    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    assertThat(Suggestions.nearest(word, anagrams)).isEmpty();
    long cost = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;

    assertThat(Duration.ofNanos(cost)).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void oneAmongManyIsFound() {
    List<String> names =
        IntStream.range(0, 10_000).mapToObj(i -> "resource_number_" + i * 7919 % 10_007).toList();

    assertThat(Suggestions.nearest("web_frontnd", List.of("web_frontend")))
        .contains("web_frontend");
    List<String> all = new ArrayList<>(names);
    all.add("web_frontend");
    assertThat(Suggestions.nearest("web_frontnd", all)).contains("web_frontend");
  }
}
