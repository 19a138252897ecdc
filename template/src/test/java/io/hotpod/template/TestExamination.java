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
          conditions: {c: {equals: [1]}}; resources: {b: {type: T, depends_on: c}} | conditions.c.equals resources.b.depends_on
          conditions: {c: {equals: [1]}}; resources: {b: {type: T, depends_on: x, condition: c}} | conditions.c.equals resources.b.depends_on
          conditions: {c: {equals: [1]}, d: {not: c}}; outputs: {o: {value: {if: [d, {get_resource: b}]}}}; resources: {b: {type: T, condition: d}} | conditions.c.equals
          conditions: {c: {equals: [{get_param: x}, {get_param: y}]}}; resources: {b: {type: T, depends_on: z}} | conditions.c.equals[0].get_param conditions.c.equals[1].get_param resources.b.depends_on
          conditions: {c: {or: [{get_param: x}, {get_param: y}]}}; outputs: {o: {value: {if: [{get_param: z}, 1]}}} | conditions.c.or[0].get_param conditions.c.or[1].get_param outputs.o.value.if[0].get_param
          parameters: {p: {type: string, default: x}}; outputs: {o: {value: {if: [{get_param: p}, 1]}}, q: {value: {get_resource: r}}} | outputs.o.value.if[0].get_param outputs.q.value.get_resource
          parameters: {p: {type: string, default: x}}; conditions: {c: {get_param: p}}; outputs: {o: {value: {if: [c, {get_resource: s}, {get_resource: t}]}}, q: {value: {get_resource: r}}} | conditions.c.get_param outputs.o.value.if[2].get_resource outputs.q.value.get_resource
          parameter_groups: [{parameters: [p]}]; outputs: {q: {value: {get_resource: r}}} | parameter_groups[0].parameters[0] outputs.q.value.get_resource
          resources: {a: {type: T, foo: 1, properties: {x: {get_resource: b}, y: {str_replace: 1}, z: {get_param: p}}}} | resources.a.foo resources.a.properties.x.get_resource resources.a.properties.y.str_replace resources.a.properties.z.get_param
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

    assertThat(
            added(
                examination,
                new Problem(Optional.empty(), "resources.a", "bad", Optional.empty()),
                new Problem(Optional.empty(), "resources.c", "needs it", Optional.empty())
                    .lacking("resources.a"),
                new Problem(Optional.empty(), "resources.d", "needs it", Optional.empty())
                    .lacking("parameters.a"),
                new Problem(Optional.empty(), "resources.e", "not like \"a\"", Optional.empty()),
                new Problem(Optional.empty(), "resources.b", "bad", Optional.empty())))
        .containsExactly("resources.d", "resources.e", "resources.b");
  }

  @Test
  void aMistakeInOnePropertyHidesNoneInOthers() {
    Examination examination =
        examine("resources: {a: {type: T, properties: {x: {str_replace: 1}}}}");

    assertThat(
            added(
                examination,
                new Problem(Optional.empty(), "resources.a.properties.x", "bad", Optional.empty()),
                new Problem(Optional.empty(), "resources.a.properties.xx", "bad", Optional.empty()),
                new Problem(Optional.empty(), "resources.a.properties.y", "bad", Optional.empty()),
                new Problem(Optional.empty(), "resources.a", "no such type", Optional.empty()),
                examination.problems().getFirst()))
        .containsExactly("resources.a.properties.xx", "resources.a.properties.y", "resources.a");
    assertThat(
            added(
                examine("resources: {a: {type: T, properties: {str_replace: 1}}}"),
                new Problem(Optional.empty(), "resources.a", "x is missing", Optional.empty())))
        .isEmpty();
  }

  private static List<String> added(Examination examination, Problem... more) {
    List<Problem> all = examination.with(List.of(more)).problems();
    return all.subList(examination.problems().size(), all.size()).stream()
        .map(Problem::path)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {if: [isA, {get_resource: ra}, {get_resource: rb}]} |
          {if: [isA, {get_attr: [ra, x]}]} |
          {get_resource: {get_param: mode}} |
          {get_resource: {list_join: ['', [r, {get_param: mode}]]}} |
          {if: [isA, {get_resource: rx}, {get_resource: ry}]} | resources.s.properties.v.if[2].get_resource
          {get_resource: gone} | resources.s.properties.v.get_resource
          {if: [isA, 1, {get_resource: gone}]} |
          {if: [known, 1, {get_resource: gone}]} | resources.s.properties.v.if[2].get_resource
          {if: [isA, 1, {get_resource: t}]} |
          {if: [{get_param: [map, a]}, {get_resource: ra}, {get_resource: rb}]} |
          """)
  void nothingIsHeldAgainstParametersThatAreNotGiven(String value, String path) {
    Examination examination =
        examine(
            """
            parameters:
              mode: {type: string, constraints: [{allowed_values: [a, b]}]}
              map: {type: json}
              set: {type: string, default: x}
            conditions:
              isA: {equals: [{get_param: mode}, a]}
              isB: {equals: [{get_param: mode}, b]}
              known: {equals: [{get_param: set}, y]}
              inside: {get_param: [map, flag]}
            resources:
              ra: {type: T, condition: isA}
              rb: {type: T, condition: isB}
              gone: {type: T, condition: known}
              t: {type: T, properties: {v: {if: [isB, 1, {get_resource: s}]}}}
              v: {type: T, condition: isA, depends_on: w}
              w: {type: T, condition: isB, depends_on: v}
              u: {type: T, deletion_policy: {get_param: mode}, external_id: {get_param: map}}
              s: {type: T, properties: {v: %s}}
            """
                .formatted(value));

    assertThat(examination.problems())
        .extracting(Problem::path)
        .isEqualTo(path == null ? List.of() : List.of(path));
    assertThat(examination.instance()).isPresent();
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
