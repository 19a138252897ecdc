package io.hotpod.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
}
