package io.hotpod.template;

import static io.hotpod.template.Templates.instance;
import static io.hotpod.template.Templates.json;
import static io.hotpod.template.Templates.lines;
import static io.hotpod.template.Templates.newest;
import static io.hotpod.template.Templates.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.document.Location;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestTemplateInstance {
  private static final Template SHOP =
      newest(
          """
          parameters:
            with_cache: {type: boolean, default: false}
            where: {type: string, default: db}
          conditions:
            cached: {get_param: with_cache}
            plain: {not: cached}
          resources:
            web:
              type: OS::Kubernetes::PodDeployment
              depends_on: [cache, log]
              metadata: {db: {get_attr: [db, ip]}}
              properties:
                name: web
                config: {get_resource: config}
                store:
                  if: [cached, {get_resource: cache}, {get_resource: {get_param: where}}]
                input_values:
                  list: [1, {get_attr: [config, digest]}]
            cache: {type: OS::Heat::None, condition: cached}
            config: {type: OS::Heat::Value, properties: {value: 1}}
            log: {type: OS::Heat::None}
            db: {type: OS::Heat::None}
          outputs:
            where: {value: {get_attr: [web, ip]}}
            cache: {value: {get_resource: cache}, condition: cached}
          """);

  @Test
  void keepsTheResourcesThatAreOn() {
    assertThat(instance(SHOP, "{}").resources().keySet())
        .containsExactly("web", "config", "log", "db");
    assertThat(instance(SHOP, "{with_cache: true}").resources().keySet())
        .containsExactly("web", "cache", "config", "log", "db");
  }

  @Test
  void dependsOnWhatTheBranchesThatCountName() {
    assertThat(instance(SHOP, "{}").dependencies("web")).containsExactly("log", "config", "db");
    assertThat(instance(SHOP, "{with_cache: true}").dependencies("web"))
        .containsExactly("cache", "log", "config", "db");
    assertThat(instance(SHOP, "{where: log}").dependencies("web"))
        .containsExactly("log", "config", "db");
    assertThat(instance(SHOP, "{}").dependencies("log")).isEmpty();
  }

  @Test
  void ordersEveryResourceAfterWhatItNeeds() {
    assertThat(instance(SHOP, "{with_cache: true}").order())
        .containsExactly("cache", "log", "config", "db", "web");
  }

  @Test
  void resolvesPropertiesAsFarAsTheyAreKnown() {
    TemplateInstance instance = instance(SHOP, "{}");
    ResolvedProperties early = instance.properties("web", ResourceView.NOTHING);
    assertThat(early.known()).isEqualTo(json("{name: web}"));
    assertThat(early.unknown())
        .isEqualTo(
            Map.of(
                "config",
                Set.of("config"),
                "store",
                Set.of("db"),
                "input_values",
                Set.of("config")));
    assertThat(early.isComplete()).isFalse();

    ResourceView view =
        MapView.of("{config: {id: c-1, attributes: {digest: d}}, db: {id: d-1, attributes: {}}}");
    ResolvedProperties late = instance.properties("web", view);
    assertThat(late.known())
        .hasToString(
            "{\"name\":\"web\",\"config\":\"c-1\",\"store\":\"d-1\","
                + "\"input_values\":{\"list\":[1,\"d\"]}}");
    assertThat(late.isComplete()).isTrue();
  }

  @Test
  void resolvesMetadata() {
    TemplateInstance instance = instance(SHOP, "{}");
    assertThat(instance.metadata("web", ResourceView.NOTHING))
        .isEqualTo(new Resolution.Unknown(Set.of("db")));
    assertThat(instance.metadata("web", MapView.of("{db: {attributes: {ip: x}}}")))
        .isEqualTo(new Resolution.Known(json("{db: x}")));
    assertThat(instance.metadata("db", ResourceView.NOTHING))
        .isEqualTo(new Resolution.Known(json("{}")));
  }

  @Test
  void givesNullForAnOutputThatIsOff() {
    assertThat(instance(SHOP, "{}").output("cache", ResourceView.NOTHING))
        .isEqualTo(new Resolution.Known(json("null")));
    assertThat(instance(SHOP, "{with_cache: true}").output("cache", ResourceView.NOTHING))
        .isEqualTo(new Resolution.Unknown(Set.of("cache")));
  }

  @Test
  void doesNotKnowOtherNames() {
    TemplateInstance instance = instance(SHOP, "{}");
    assertThatThrownBy(() -> instance.properties("cache", ResourceView.NOTHING))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> instance.dependencies("x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> instance.output("x", ResourceView.NOTHING))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | 14:7
          name | 14:7
          config | 15:7
          config.x | 15:16
          store | 16:7
          store.x.y | 17:46
          input_values.list | 19:9
          input_values.list.0 | 19:16
          input_values.list.[1] | 19:20
          input_values.list.1.x | 19:20
          input_values.list.7 | 19:9
          input_values.other.deeper | 18:7
          unknown | 14:7
          """)
  void locatesTheDeepestPlaceThatIsKnown(String path, String place) {
    List<String> steps = path.isEmpty() ? List.of() : Arrays.asList(path.split("\\.", -1));
    Location found = instance(SHOP, "{}").locate("web", steps).orElseThrow();
    assertThat(found.line() + ":" + found.column()).isEqualTo(place);
  }

  @Test
  void locatesNothingInWhatIsNotThere() {
    assertThat(instance(SHOP, "{}").locate("cache", List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1: {type: T, depends_on: [1]} | t:3:29: resources.1.depends_on[0]: Circular Dependency Found: [1 -> 1]; 1 needs 1 at t:3:29
          a: {type: T, depends_on: a} | t:3:28: resources.a.depends_on: Circular Dependency Found: [a -> a]; a needs a at t:3:28
          a: {type: T, properties: {x: {get_resource: b}}}~  b: {type: T, depends_on: a} | t:3:33: resources.a.properties.x.get_resource: Circular Dependency Found: [a -> b -> a]; a needs b at t:3:33, b needs a at t:4:28
          z: {type: T, depends_on: c}~  a: {type: T, depends_on: b}~  b: {type: T, metadata: {get_attr: [c, d]}}~  c: {type: T, depends_on: [a]} | t:6:29: resources.c.depends_on[0]: Circular Dependency Found: [c -> a -> b -> c]; c needs a at t:6:29, a needs b at t:4:28, b needs c at t:5:27
          """)
  void namesACycleWithItsPlaces(String resources, String expected) {
    Template template = newest("resources:\n  " + lines(resources));
    assertThat(refusal(() -> instance(template, "{}"))).isEqualTo(expected);
  }

  @Test
  void tellsAllReferencesThatLeadNowhere() {
    Template template =
        newest(
            """
            resources:
              web:
                type: T
                depends_on: [dbb, idle]
                properties:
                  a: {get_resource: idle}
                  b: {if: [false, {get_resource: nothing}, {get_param: none}]}
                  c: {get_attr: [db, x]}
              db: {type: T}
              idle: {type: T, condition: false, properties: {x: {get_resource: nowhere}}}
            outputs:
              o: {value: {get_attr: [wbe, x]}}
              p: {value: {get_attr: [wbe, x]}, condition: false}
            """);
    assertThat(refusal(() -> instance(template, "{}")).lines())
        .containsExactly(
            "t:5:18: resources.web.depends_on[0]: The specified reference \"dbb\" (in web) is"
                + " incorrect.; did you mean \"db\"?",
            "t:7:11: resources.web.properties.a.get_resource: The specified reference \"idle\" (in"
                + " web) is incorrect.; its condition turns \"idle\" off",
            "t:8:49: resources.web.properties.b.if[2].get_param: The Parameter (none) was not"
                + " provided.",
            "t:13:15: outputs.o.value.get_attr: The specified reference \"wbe\" (in o) is"
                + " incorrect.; did you mean \"web\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true | true
          no | false
          {get_param: flag} | true
          {equals: [1, 1.0]} | true
          {equals: [1, true]} | true
          {equals: ["1", 1]} | false
          {equals: [{a: [1, {b: null}]}, {a: [1.0, {b: ~}]}]} | true
          {equals: [{a: 1}, {a: 1, b: 2}]} | false
          {equals: [[1, 2], [2, 1]]} | false
          {equals: [{get_param: [map, a]}, x]} | true
          {equals: [[{get_param: number}], [5]]} | true
          {not: named} | false
          {not: {not: true}} | true
          {and: [named, true, {not: false}]} | true
          {and: [named, false]} | false
          {or: [false, {equals: [a, a]}]} | true
          {or: [false, other]} | false
          named | true
          other | false
          """)
  void decidesConditions(String condition, boolean expected) {
    Template template =
        newest(
            """
            parameters:
              flag: {type: boolean, default: on}
              number: {type: number, default: "5"}
              map: {type: json, default: {a: x}}
            conditions:
              other: {not: named}
              named: {get_param: flag}
            resources:
              r: {type: T, condition: %s}
            """
                .formatted(condition));
    assertThat(instance(template, "{}").resources().containsKey("r")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {get_param: s} | t:4:35: resources.r.condition.get_param: The condition value must be a boolean, but after resolution it is a string
          {not: {get_param: [s, x]}} | t:4:41: resources.r.condition.not.get_param: The condition value must be a boolean, but after resolution it is a string
          {get_param: t} | t:4:35: resources.r.condition.get_param: The Parameter (t) was not provided.
          {equals: [1, {get_param: t}]} | t:4:48: resources.r.condition.equals[1].get_param: The Parameter (t) was not provided.
          """)
  void refusesConditionsThatAreNeitherTrueNorFalse(String condition, String expected) {
    Template template =
        newest(
            "parameters: {s: {type: string, default: hidden-value}}\nresources:\n"
                + "  r: {type: T,        condition: "
                + condition
                + "}");
    assertThat(refusal(() -> instance(template, "{}"))).isEqualTo(expected);
  }
}
