package io.hotpod.template;

import static io.hotpod.template.Promptly.inASecond;
import static io.hotpod.template.Promptly.processorTime;
import static io.hotpod.template.Templates.instance;
import static io.hotpod.template.Templates.newest;
import static io.hotpod.template.Templates.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.DocumentException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a template can say costs more than a moment. */
final class TestTemplateLimits {
  private static String repeated(int count, String format) {
    return IntStream.range(0, count)
        .mapToObj(i -> format.replace("#0", Integer.toString(i)).replace("#1", "" + (i + 1)))
        .collect(Collectors.joining());
  }

  @Test
  void refusesTenMegabytes() {
    String text = "description: " + "x".repeat(10 * 1024 * 1024);
    inASecond(
        () -> assertThat(refusal(() -> newest(text))).startsWith("t:1:1: the text is larger"));
  }

  @Test
  void refusesAnAliasBomb() {
    String text =
        "description: x\nresources:\n  a0: &a0 {type: T, properties: {x: [1, 2, 3]}}\n"
            + repeated(40, "  a#1: &a#1 {type: T, properties: {x: [*a#0, *a#0, *a#0]}}\n");
    inASecond(
        () ->
            assertThat(refusal(() -> newest(text)))
                .contains("with its aliases expanded, the text holds more than 500000 values"));
  }

  @Test
  void refusesAnswersThatGrowBeyondReason() {
    Template template =
        newest(
            "parameters: {p: {type: string}}\noutputs:\n"
                + "  replace: {value: {str_replace: {template: {get_param: p}, params: {x:"
                + " {get_param: p}}}}}\n"
                + "  join: {value: {list_join: [{get_param: p}, ["
                + "x,".repeat(1000)
                + "]]}}\n"
                + "  list: {value: ["
                + "{get_param: p},".repeat(1000)
                + "]}\n");
    TemplateInstance instance = instance(template, "{p: " + "x".repeat(100_000) + "}");
    for (String output : instance.outputs().keySet()) {
      inASecond(
          () ->
              assertThat(refusal(() -> instance.output(output, ResourceView.NOTHING)))
                  .contains("outputs." + output + ".value")
                  .contains("the value made here is larger than 33554432 characters"));
    }
  }

  @Test
  void replacesManyWordsWithoutTiring() {
    Template template =
        newest(
            "parameters: {p: {type: json}, t: {type: string}}\noutputs:\n"
                + "  o: {value: {str_replace: {template: {get_param: t}, params: {get_param: p}}}}");
    String params = "{p: {" + repeated(10_000, "w#0w: v,") + "}, t: " + "w7w ".repeat(1000) + "}";
    TemplateInstance instance = instance(template, params);
    inASecond(
        () ->
            assertThat(instance.output("o", ResourceView.NOTHING))
                .isInstanceOf(Resolution.Known.class));
    TemplateInstance heavy =
        instance(template, params.replace("w7w ".repeat(1000), "w7w ".repeat(130_000)));
    inASecond(
        () ->
            assertThat(refusal(() -> heavy.output("o", ResourceView.NOTHING)))
                .contains("the value made here is larger"));
  }

  @Test
  void followsLongChains() {
    String resources = repeated(20_000, "  r#0: {type: T, depends_on: r#1}\n");
    String conditions = repeated(20_000, "  c#0: {not: c#1}\n");
    Template template =
        newest(
            "conditions:\n"
                + conditions
                + "  c20000: true\nresources:\n"
                + resources
                + "  r20000: {type: T, condition: c0}\n");
    assertThat(instance(template, "{}").order()).hasSize(20_001).startsWith("r20000", "r19999");
    Template ring = newest("resources:\n" + resources + "  r20000: {type: T, depends_on: r0}\n");
    assertThat(refusal(() -> instance(ring, "{}")))
        .contains("Circular Dependency Found: [r0 -> r1 -> ")
        .contains("r19 -> (19981 more) -> r0]; r0 needs r1 at t:3:29, ")
        .hasSizeLessThan(2000);
  }

  @Test
  void readsAThousandResourcesInNoTime() {
    String text =
        "heat_template_version: 2021-04-16\nparameters: {p: {type: string, default: x}}\nresources:\n"
            + repeated(
                1000,
                """
                  r#0:
                    type: OS::Heat::TestResource
                    properties:
                      value: {str_replace: {template: "a b", params: {a: {get_param: p}}}}
                      next: {get_attr: [r#1, output]}
                      wait_secs: 0
                      list: [1, 2, {list_join: [",", [a, b]]}]
                """)
            + "  r1000: {type: OS::Heat::None}\n";
    Duration limit = Duration.ofMillis(250);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 20 && best >= limit.toNanos(); round++) {
      long start = processorTime();
      TemplateInstance instance = instance(Templates.parse(text), "{}");
      instance
          .resources()
          .keySet()
          .forEach(name -> instance.properties(name, ResourceView.NOTHING));
      best = Math.min(best, processorTime() - start);
    }
    assertThat(Duration.ofNanos(best)).isLessThan(limit);
  }

  @Test
  void manyCallsAreNoMoreWorkThanOne() {
    String heavy = "{yaql: {expression: 'range(90000).select($ * $).sum() + #0', data: 0}}";
    String constants = "outputs:\n" + repeated(200, "  o#0: {value: " + heavy + "}\n");
    inASecond(
        () ->
            assertThat(refusal(() -> newest(constants)))
                .contains("the functions of this template are more work than is done for one"));
    String hanging =
        "parameters: {p: {type: number, default: 1}}\nresources:\n"
            + repeated(200, "  r#0: {type: T, properties: {v: " + heavy + "}}\n")
                .replace("data: 0", "data: {get_param: p}");
    TemplateInstance instance = instance(newest(hanging), "{}");
    inASecond(
        () ->
            assertThat(
                    refusal(
                        () ->
                            instance
                                .order()
                                .forEach(name -> instance.properties(name, ResourceView.NOTHING))))
                .contains("the functions of this template are more work than is done for one"));
  }

  @Test
  void aValueMayBeWorkedOutAgainAndAgain() {
    TemplateInstance instance =
        instance(
            newest(
                "parameters: {p: {type: number, default: 1}}\noutputs: {o: {value: {yaql:"
                    + " {expression: 'range(30000).select($ * $).sum()', data: {get_param: p}}}}}"),
            "{}");
    for (int i = 0; i < 30; i++) {
      assertThat(instance.output("o", ResourceView.NOTHING)).isInstanceOf(Resolution.Known.class);
    }
  }

  @Test
  void manyPatternsAreNoMoreWorkThanOne() {
    String slow = "{type: string, constraints: [{allowed_pattern: '(a|b|(ab)*){1000}'}]#1}";
    String defaults =
        "parameters:\n"
            + repeated(
                100,
                "  p#0: " + slow.replace("#1", ", default: '" + "ab".repeat(2000) + "'") + "\n");
    inASecond(
        () ->
            assertThat(refusal(() -> newest(defaults)))
                .contains("all patterns together take more than 50000000 steps"));
    Template template =
        newest("parameters:\n" + repeated(20, "  p#0: " + slow.replace("#1", "") + "\n"));
    String values = "{" + repeated(20, "p#0: " + "ab".repeat(2000) + ", ") + "}";
    inASecond(
        () ->
            assertThat(refusal(() -> instance(template, values)))
                .contains("all patterns together take more than 50000000 steps"));
    String large =
        "parameters:\n"
            + repeated(
                5000, "  p#0: {type: string, constraints: [{allowed_pattern: '(a|b|c){1500}'}]}\n");
    inASecond(
        () ->
            assertThat(refusal(() -> newest(large)))
                .contains("all patterns together take more than 50000000 steps"));
  }

  @Test
  void manyAllowedValuesAreFoundAtOnce() {
    String values = repeated(30_000, "v#0,");
    Template template =
        newest(
            "parameters: {p: {type: comma_delimited_list, constraints: [{allowed_values: ["
                + values
                + "]}]}}");
    inASecond(() -> instance(template, "{p: [" + values + "]}"));
  }

  @Test
  void manyWrongNamesAreAdvisedQuickly() {
    String name = "x".repeat(50);
    String resources =
        "resources:\n"
            + repeated(5000, "  " + name + "#0: {type: T}\n")
            + repeated(99, "  w#0: {type: T, depends_on: " + "xyyxxyxyxy".repeat(5) + "#0wrong}\n");
    Template template = newest(resources);
    inASecond(() -> assertThat(refusal(() -> instance(template, "{}"))).contains("is incorrect"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parameters: {p: {type: string, constraints: [{length: {max: #9}}]}}",
        "parameters: {p: {type: string, constraints: [{length: {min: -#9}}]}}",
        "parameters: {p: {type: number, constraints: [{modulo: {step: #9, offset: 1}}]}}",
        "parameters: {p: {type: number, default: #9, constraints: [{range: {max: #9}}]}}",
        "parameters: {p: {type: json, default: {a: #9}}}",
        "outputs: {o: {value: {list_concat_unique: [[#9, 1.5]]}}}",
        "outputs: {o: {value: {list_join: [',', #9, [a]]}}}",
        "outputs: {o: {value: {filter: [[1.5], [#9]]}}}",
        "outputs: {o: {value: {contains: [#9, [1.5]]}}}",
        "outputs: {o: {value: {yaql: {expression: '$.data * 2', data: #9}}}}",
        "outputs: {o: {value: {yaql: {expression: '$.data * 1.5', data: #9}}}}",
        "outputs: {o: {value: {yaql: {expression: '7.pow(20000)', data: 0}}}}",
        "outputs: {o: {value: {Fn::Select: [#9, [a]]}}}",
        "outputs: {o: {value: {str_split: [',', 'a,b', #9]}}}",
        "outputs: {o: {value: {str_replace: {template: a, params: {a: #9}}}}}",
        "outputs: {o: {value: {make_url: {host: a, port: #9}}}}",
        "outputs: {o: {value: {get_attr: [r, a, #9]}}}\nresources: {r: {type: T}}",
        "conditions: {c: {equals: [#9, 1.5]}}",
      })
  void numbersBeyondAnyRangeAreTakenOrRefused(String text) {
    String number = "9".repeat(400);
    for (String large : List.of(number, number + ".0", "0x" + "f".repeat(990))) {
      try {
        TemplateInstance instance =
            newest(text.replace("#9", large))
                .instantiate(
                    Parameters.forValidation(
                        newest(text.replace("#9", large)), Map.of(), Templates.PSEUDO));
        instance.outputs().keySet().forEach(name -> instance.output(name, ResourceView.NOTHING));
      } catch (DocumentException refused) {
        assertThat(refused.problems()).isNotEmpty();
      }
    }
  }
}
