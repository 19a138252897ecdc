package io.hotpod.template.analysis;

import static io.hotpod.template.Promptly.inASecond;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.template.Template;
import io.hotpod.template.TemplateSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestUndecidedValues {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{v: {get_param: open}} | v",
        "{v: {get_param: set}} | ''",
        "{v: {list_join: ['', [{get_param: open}]]}, w: 1} | v",
        "{v: {if: [named, 1, 2]}, w: {if: [known, 1, 2]}} | v",
        "{v: {if: [around, 1, 2]}} | v",
        "{v: {if: [{not: named}, 1]}} | v",
        "{v: {if: [{and: [known, named]}, 1, 2]}} | v",
        "{v: {if: [{or: [known, {equals: [{get_param: open}, 1]}]}, 1, 2]}} | v",
        "{if: [named, {v: 1}, {w: 1}]} | v w",
        "{if: [known, {v: 1}, {w: {get_param: open}}]} | w",
      })
  void areFoundWhereTheyHangOnAParameter(String properties, String names) {
    Template template =
        Template.parse(
            new TemplateSource(
                "t",
                """
                heat_template_version: 2021-04-16
                parameters: {open: {type: string}, set: {type: string}}
                conditions:
                  named: {equals: [{get_param: open}, a]}
                  around: {or: [known, {not: named}]}
                  known: {equals: [{get_param: set}, a]}
                resources:
                  r: {type: OS::Heat::TestResource, properties: %s}
                """
                    .formatted(properties),
                Map.of()));

    UndecidedValues undecided = new UndecidedValues(template, Set.of("open"));

    assertThat(undecided.properties(requireNonNull(template.resources().get("r"))))
        .isEqualTo(names.isEmpty() ? Set.of() : Set.of(names.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"26 | {and: [c#, c#]}", "10000 | {not: c#}"})
  void conditionsThatNameEachOtherAreNoMoreWork(int length, String condition) {
    String conditions =
        IntStream.range(0, length)
            .mapToObj(i -> "  c%d: %s%n".formatted(i + 1, condition.replace("#", "" + i)))
            .collect(Collectors.joining());
    Template template =
        Template.parse(
            new TemplateSource(
                "t",
                """
                heat_template_version: 2021-04-16
                parameters: {open: {type: string}, set: {type: boolean}}
                conditions:
                  c0: {equals: [{get_param: set}, true]}
                %s
                resources:
                  r: {type: T, properties: {v: {if: [c%d, 1, 2]}, w: {get_param: open}}}
                """
                    .formatted(conditions, length),
                Map.of()));

    inASecond(
        () ->
            assertThat(
                    new UndecidedValues(template, Set.of("open"))
                        .properties(requireNonNull(template.resources().get("r"))))
                .containsExactly("w"));
  }
}
