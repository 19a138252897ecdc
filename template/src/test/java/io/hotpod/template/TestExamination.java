package io.hotpod.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

final class TestExamination {
  private static Examination examine(String sections) {
    String text = "heat_template_version: 2021-04-16\n" + sections.replace("; ", "\n");
    return Examination.of(
        new TemplateSource("t", text, Map.of()), template -> Map.of(), Templates.PSEUDO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          resources: {a: {type: T}} |
          resources: {a: {typ: T}, b: {type: T, depends_on: c}} | resources.a resources.a.typ resources.b.depends_on
          resources: {a: {typ: T}, b: {type: T, depends_on: a}} | resources.a resources.a.typ
          resources: {a: {type: T, depends_on: b}, b: {type: T, depends_on: a}, c: {type: T, depends_on: x}} | resources.c.depends_on resources.a.depends_on
          parameters: {p: {type: strin}}; outputs: {o: {value: {get_param: p}}, q: {value: {get_resource: r}}} | parameters.p.type outputs.q.value.get_resource
          conditions: {c: {equals: [1]}}; resources: {b: {type: T, depends_on: c}} | conditions.c.equals
          """)
  void tellsAllButWhatFollows(String sections, String paths) {
    assertThat(examine(sections).problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrderElementsOf(
            paths == null ? List.of() : List.of(paths.split(" ", -1)));
  }

  @Test
  void aRepeatedKeyHidesNothingElse() {
    Examination examination =
        examine("resources: {a: {type: T}, a: {type: T}, b: {type: T, depends_on: x}}");

    assertThat(examination.problems())
        .extracting(Problem::message)
        .containsExactly(
            "the key \"a\" was already given at t:2:13; this one counts",
            "The specified reference \"x\" (in b) is incorrect.");
  }

  @Test
  void addsOnlyWhatIsNew() {
    Examination examination = examine("resources: {a: {typ: T}, b: {type: T}}");

    Examination more =
        examination.with(
            List.of(
                new Problem(Optional.empty(), "resources.a.properties.x", "bad", Optional.empty()),
                new Problem(Optional.empty(), "resources.b", "bad", Optional.empty())));

    assertThat(more.problems()).hasSize(examination.problems().size() + 1);
    assertThat(more.problems().getLast().path()).isEqualTo("resources.b");
  }

  @Test
  void aValueThatDoesNotFitKeepsNothingElseFromBeingFound() {
    Examination examination =
        Examination.of(
            new TemplateSource(
                "t",
                """
                heat_template_version: 2021-04-16
                parameters: {n: {type: number}}
                resources: {a: {type: T, depends_on: b}}
                """,
                Map.of()),
            template ->
                Map.of(
                    "n", JsonNodeFactory.instance.stringNode("x"),
                    "m", JsonNodeFactory.instance.stringNode("y")),
            Templates.PSEUDO);

    assertThat(examination.problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder("parameters.n", "parameters.m", "resources.a.depends_on");
    assertThat(examination.instance()).isPresent();
  }

  @Test
  void nothingCanBeMadeOfWhatCannotBeRead() {
    Examination examination = examine("a: [");

    assertThat(examination.template()).isEmpty();
    assertThat(examination.instance()).isEmpty();
    assertThat(examination.problems()).hasSize(1);
  }
}
