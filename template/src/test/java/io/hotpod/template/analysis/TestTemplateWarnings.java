package io.hotpod.template.analysis;

import static io.hotpod.template.Promptly.inASecond;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.Problem;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateSource;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import io.hotpod.template.schema.SupportStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestTemplateWarnings {
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "T",
          "",
          List.of(
              PropertyDefinition.of("v", PropertyType.ANY, ""),
              PropertyDefinition.of("old", PropertyType.ANY, "")
                  .supported(SupportStatus.deprecated("use v", "2"))),
          List.of(
              AttributeDefinition.of("address", PropertyType.STRING, ""),
              new AttributeDefinition(
                  "ip", Optional.empty(), "", SupportStatus.deprecated("use address", "2"))));

  private static List<Problem> warnings(String sections) {
    String text = "heat_template_version: 2021-04-16\n" + sections.replace("; ", "\n");
    Template template = Template.parse(new TemplateSource("t", text, Map.of()));
    return TemplateWarnings.of(
        template, type -> Optional.of(SCHEMA).filter(it -> type.equals("T")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          parameters: {p: {type: string}} | t:2:14: parameters.p: nothing uses the parameter "p"; take it out, or use it with get_param
          parameters: {p: {type: string}}; outputs: {o: {value: {get_param: p}}} |
          parameters: {p: {type: json}}; outputs: {o: {value: {get_param: [p, a]}}} |
          parameters: {p: {type: string, default: p}}; outputs: {o: {value: {get_param: [{list_join: ['', [p]]}]}}} |
          parameters: {p: {type: string}}; conditions: {c: {equals: [{get_param: p}, a]}}; outputs: {o: {value: 1, condition: c}} |
          parameters: {p: {type: string}}; resources: {r: {type: T, deletion_policy: {get_param: p}}} |
          parameters: {p: {type: boolean}}; conditions: {c: {get_param: p}} | t:3:18: conditions.c.get_param: nothing uses the condition "c"
          conditions: {c: {equals: [1, 2]}}; outputs: {o: {value: 1, condition: c}} | t:2:18: conditions.c.equals: the condition "c" always comes out the same; it depends on no parameter
          resources: {r: {type: T}}; outputs: {o: {value: {get_attr: [r, adress]}}} | t:3:23: outputs.o.value.get_attr: The Referenced Attribute (r adress) is incorrect.; did you mean "address"?
          resources: {r: {type: T}}; outputs: {o: {value: {get_attr: [r, xyz]}}} | t:3:23: outputs.o.value.get_attr: The Referenced Attribute (r xyz) is incorrect.; it will never be known: a T has no such attribute
          resources: {r: {type: T}}; outputs: {o: {value: {get_attr: [r, show]}}} |
          resources: {r: {type: U}}; outputs: {o: {value: {get_attr: [r, xyz]}}} |
          resources: {r: {type: T}}; outputs: {o: {value: {get_attr: [r, ip]}}} | t:3:23: outputs.o.value.get_attr: the attribute ip of a T is deprecated; use address
          resources: {r: {type: T, properties: {old: 1}}} | t:2:39: resources.r.properties.old: the property old is deprecated; use v
          parameters: {p: {type: string, hidden: true}}; outputs: {o: {value: [{get_param: p}]}} | t:3:24: outputs.o.value[0].get_param: this output shows the hidden parameter "p"
          """)
  void saysWhatIsHardlyMeant(String sections, String expected) {
    assertThat(warnings(sections).stream().map(Problem::toString).toList())
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          s: {type: T, properties: {v: {get_resource: r}}} | true
          s: {type: T, properties: {v: {get_attr: [r, address]}}, condition: d} | true
          s: {type: T, properties: {v: {get_resource: r}}, condition: c} | false
          s: {type: T, properties: {v: {if: [c, {get_resource: r}, 1]}}} | false
          s: {type: T, properties: {v: {if: [c, 1, {get_resource: r}]}}} | true
          s: {type: T, properties: {v: {if: [{not: c}, 1, {get_resource: r}]}}} | false
          s: {type: T, properties: {v: {get_resource: r}}, condition: both} | false
          s: {type: T, properties: {v: {get_resource: r}}, condition: either} | true
          s: {type: T, properties: {v: {if: [neither, 1, {get_resource: r}]}}} | true
          s: {type: T, metadata: {v: {get_resource: r}}} | true
          s: {type: T, depends_on: r} | false
          """)
  void findsReferencesThatMayLeadNowhere(String resource, boolean warned) {
    List<Problem> found =
        warnings(
            """
            parameters: {p: {type: string, default: a}}
            conditions:
              c: {equals: [{get_param: p}, a]}
              d: {equals: [{get_param: p}, b]}
              both: {and: [c, d]}
              either: {or: [c, d]}
              neither: {not: either}
            outputs:
              o: {value: {if: [both, {if: [either, {if: [neither, {if: [d, 1, 2]}, 1]}, 1]}, 1]}}
            resources:
              r: {type: T, condition: c}
            """
                + "  "
                + resource
                + "\n");

    assertThat(found)
        .extracting(Problem::message)
        .isEqualTo(
            warned ? List.of("\"r\" is not there when its condition does not hold") : List.of());
  }

  @Test
  void conditionsThatNameEachOtherOftenAreNoMoreWork() {
    String doubled = chain(26, "  c#: {or: [c+, c+]}\n");
    inASecond(() -> assertThat(warnings(doubled)).hasSize(1));
  }

  @Test
  void longChainsOfConditionsAreFollowed() {
    String chain = chain(4000, "  c#: {not: c+}\n");
    inASecond(() -> assertThat(warnings(chain)).hasSize(1));
    String manyTimes =
        chain.replace(
            "[c0, 1]", "[c0, [" + "{if: [c0, {get_resource: r}, 1]}, ".repeat(2000) + "]]");
    inASecond(() -> assertThat(warnings(manyTimes).size()).isLessThanOrEqualTo(1));
  }

  /** Conditions in a row before one that hangs on a parameter, and a reference outside them. */
  private static String chain(int length, String condition) {
    String conditions =
        IntStream.range(0, length)
            .mapToObj(i -> condition.replace("#", "" + i).replace("+", "" + (i + 1)))
            .collect(Collectors.joining());
    return """
        parameters: {p: {type: string, default: a}}
        conditions:
        %s  c%d: {equals: [{get_param: p}, a]}
        resources:
          r: {type: T, condition: c0}
        outputs:
          o: {value: {get_resource: r}}
          q: {value: {if: [c0, 1]}}
        """
        .formatted(conditions, length);
  }
}
