package io.hotpod.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TestProblemPrinter {
  private static Problem problem(Location location) {
    return new Problem(
        Optional.of(location), "a.b", "no such field", Optional.of("did you mean \"c\"?"));
  }

  @Test
  void pointsIntoTheLine() {
    ProblemPrinter printer = new ProblemPrinter(Map.of("t", "\n".repeat(9) + "  é\u001b[x: 1\n"));
    assertThat(printer.print(problem(new Location("t", 10, 5))))
        .isEqualTo(
            """
            error: no such field
              --> t:10:5 (a.b)
               |
            10 |   é [x: 1
               |     ^
               = did you mean "c"?
            """);
  }

  @Test
  void cutsALongLineAroundTheCaret() {
    String text = "x".repeat(500) + "HERE" + "y".repeat(500);
    String shown = new ProblemPrinter(Map.of("t", text)).print(problem(new Location("t", 1, 501)));
    List<String> lines = shown.lines().toList();
    assertThat(lines.get(3)).hasSizeLessThan(120).contains("HERE");
    assertThat(lines.get(4).indexOf('^')).isEqualTo(lines.get(3).indexOf("HERE"));
  }

  @Test
  void doesWithoutWhatIsNotKnown() {
    ProblemPrinter printer = new ProblemPrinter(Map.of("t", "a"));
    assertThat(printer.print(problem(new Location("other", 1, 1)))).doesNotContain("^");
    assertThat(printer.print(problem(new Location("t", 7, 1)))).doesNotContain("^");
    assertThat(printer.print(new Problem(Optional.empty(), "", "bad", Optional.empty())))
        .isEqualTo("error: bad\n");
  }
}
