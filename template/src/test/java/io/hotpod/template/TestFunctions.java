package io.hotpod.template;

import static io.hotpod.template.Templates.json;
import static io.hotpod.template.Templates.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestFunctions {
  private static final String SECTIONS =
      """
      parameters:
        name: {type: string, default: web}
        port: {type: number, default: 80}
        debug: {type: boolean, default: true}
        list: {type: comma_delimited_list, default: "a,b,c"}
        map: {type: json, default: {x: {y: [1, 2]}, "0": zero, name: port}}
        none: {type: string, default: ""}
      resources:
        web: {type: T}
        db: {type: T}
        late: {type: T}
      outputs:
      """;

  private static final ResourceView VIEW =
      MapView.of(
          """
          web:
            id: web-1
            attributes: {ip: 10.0.0.1, ports: [80, 443], tags: {a: 1}, nothing: null}
          db:
            id: db-1
            attributes: {}
          """);

  private static Resolution resolve(String version, String expression) {
    String text =
        "heat_template_version: "
            + version
            + "\n"
            + SECTIONS
            + "  o: {value: "
            + expression
            + "}\n";
    Template template =
        Templates.parse(text, Map.of("page", "<h1>NAME</h1>", "file:///conf", "x=1"));
    return Templates.instance(template, "{}").output("o", VIEW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {get_param: name} | "web"
          {get_param: port} | 80
          {get_param: debug} | true
          {get_param: [list, 1]} | "b"
          {get_param: [list, "2"]} | "c"
          {get_param: [list, -1]} | "c"
          {get_param: [list, 3]} | ""
          {get_param: [list, x]} | ""
          {get_param: [name, 0]} | "w"
          {get_param: [port, 0]} | ""
          {get_param: [map, x, y, 0]} | 1
          {get_param: [map, "0"]} | "zero"
          {get_param: [map, 0]} | ""
          {get_param: [map, z]} | ""
          {get_param: {get_param: [map, name]}} | 80
          {get_param: [{get_param: [map, name]}]} | 80
          {get_param: "OS::stack_name"} | "shop"
          {get_param: "OS::stack_id"} | "id-1"
          {get_param: "OS::project_id"} | "default"
          {get_resource: web} | "web-1"
          {get_resource: {get_param: name}} | "web-1"
          {get_attr: [web, ip]} | "10.0.0.1"
          {get_attr: [web, ports, 1]} | 443
          {get_attr: [web, ports, -1]} | 443
          {get_attr: [web, ports, "1"]} | null
          {get_attr: [web, ports, 7]} | null
          {get_attr: [web, tags, a]} | 1
          {get_attr: [web, tags, b]} | null
          {get_attr: [web, tags, a, b]} | null
          {get_attr: [web, nothing]} | null
          {get_attr: [web, nothing, x]} | null
          {get_attr: [web, tags, {get_param: [list, 0]}]} | 1
          {get_attr: [db]} | {}
          {get_file: page} | "<h1>NAME</h1>"
          {get_file: "file:///conf"} | "x=1"
          {list_join: [", ", [a, "", c]]} | "a, , c"
          {list_join: ["", [a], null, {get_param: list}]} | "aabc"
          {list_join: ["-", [null, {b: 1, a: é}, [1, true]]]} | "-{\\"a\\": \\"\\\\u00e9\\", \\"b\\": 1}-[1, true]"
          {list_join: [{get_param: none}, []]} | ""
          {list_join: [",", [x, {get_attr: [web, ip]}]]} | "x,10.0.0.1"
          {str_replace: {template: "http://$ip:$port/", params: {$ip: {get_attr: [web, ip]}, $port: {get_param: port}}}} | "http://10.0.0.1:80/"
          {str_replace: {template: {get_file: page}, params: {NAME: {get_param: name}}}} | "<h1>web</h1>"
          {str_replace: {template: "a b c", params: {a: b, b: c, c: a}}} | "b c a"
          {str_replace: {template: "$web $web_port", params: {$web: 1, $web_port: 2}}} | "1 2"
          {str_replace: {template: "aXbXc", params: {X: ""}}} | "abc"
          {str_replace: {template: "T F N 1.5 M L", params: {T: true, F: false, N: null, M: {b: 1, a: 2}, L: [x]}}} | "True False  1.5 {\\"a\\": 2, \\"b\\": 1} [\\"x\\"]"
          {str_replace: {template: "xy", params: {}}} | "xy"
          {str_replace: {template: "0 x", params: {get_param: map}}} | "zero {\\"y\\": [1, 2]}"
          {if: [true, yes, no]} | true
          {if: [{equals: [{get_param: port}, 80]}, [a], {b: c}]} | ["a"]
          {if: [{not: {equals: [{get_param: port}, 80]}}, [a], {b: {get_param: name}}]} | {"b":"web"}
          [a, {if: [false, b]}, c] | ["a","c"]
          {a: {if: [false, b]}, c: d} | {"c":"d"}
          {if: [false, b]} | null
          {list_join: ["", [a, {if: [false, b]}], {if: [false, [c]]}]} | "a"
          {get_param: name, other: x} | {"get_param":"name","other":"x"}
          """)
  void comeToWhatHeatMakesOfThem(String expression, String expected) {
    assertThat(resolve("2021-04-16", expression))
        .isInstanceOfSatisfying(
            Resolution.Known.class, known -> assertThat(known.value()).hasToString(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          2021-04-16 | {get_resource: late} | late
          2021-04-16 | {get_attr: [late, ip, {get_attr: [late, x]}]} | late
          2021-04-16 | {get_attr: [late]} | late
          2021-04-16 | [1, {a: {get_attr: [db, ip]}}, {get_resource: late}, {get_resource: web}] | db late
          2021-04-16 | {str_replace: {template: x, params: {a: {get_attr: [late, x]}, b: {get_attr: [db, x]}}}} | late db
          2021-04-16 | {list_join: [",", [{get_attr: [late, x]}], [{get_attr: [db, x]}]]} | late db
          2021-04-16 | {list_join: [",", {get_attr: [late, x]}]} | late
          2021-04-16 | {get_attr: [web, {get_attr: [late, x]}]} | late
          """)
  void waitForWhatIsNotKnown(String version, String expression, String resources) {
    assertThat(resolve(version, expression))
        .isEqualTo(new Resolution.Unknown(Set.of(resources.split(" ", -1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          2015-04-30 | {list_join: ["-", [a, null]]} | "a-"
          2015-04-30 | {str_replace: {template: "a b", params: {a: 1, b: null}}} | "1 "
          2013-05-23 | {get_attr: [web, ports, 0]} | 80
          """)
  void ofOldVersionsStillWork(String version, String expression, String expected) {
    assertThat(resolve(version, expression))
        .isInstanceOfSatisfying(
            Resolution.Known.class, known -> assertThat(known.value()).hasToString(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          2021-04-16 | {get_param: nmae} | get_param: The Parameter (nmae) was not provided.; did you mean "name"?
          2021-04-16 | {get_param: [nmae, 0]} | get_param: The Parameter (nmae) was not provided.; did you mean "name"?
          2021-04-16 | {get_param: {get_param: none}} | get_param: Function "get_param" must have arguments
          2021-04-16 | {get_param: [1]} | get_param: Parameter name in "get_param" must be string
          2021-04-16 | {get_file: pgae} | get_file: No content found in the "files" section for get_file path: pgae; did you mean "page"?
          2021-04-16 | {get_resource: wbe} | get_resource: The specified reference "wbe" (in o) is incorrect.; did you mean "web"?
          2021-04-16 | {get_attr: [wbe, ip]} | get_attr: The specified reference "wbe" (in o) is incorrect.; did you mean "web"?
          2021-04-16 | {get_resource: {get_param: port}} | get_resource: the name of a resource must be a string, not a number
          2021-04-16 | {get_resource: {get_attr: [web, ip]}} | get_resource: the name of a resource cannot depend on another resource
          2021-04-16 | {get_attr: [web, 1]} | get_attr: the argument at outputs.o.value.get_attr[1] must be a string, not a number
          2021-04-16 | {list_join: [1, []]} | list_join: "list_join" delimiter must be a string
          2021-04-16 | {list_join: [",", x]} | list_join: "list_join" must operate on a list
          2021-04-16 | {list_join: [",", [1]]} | list_join: Items to join must be string, map or list, not a number
          2021-04-16 | {list_join: [",", [true]]} | list_join: Items to join must be string, map or list, not a boolean
          2015-04-30 | {list_join: [",", [[a]]]} | list_join: Items to join must be strings, not a list
          2021-04-16 | {str_replace: {template: 1, params: {}}} | str_replace: "str_replace" template must be a string
          2021-04-16 | {str_replace: {template: x, params: [a]}} | str_replace: "str_replace" parameters must be a mapping
          2021-04-16 | {str_replace: {template: x, params: {"": a}}} | str_replace: "str_replace" params must not have an empty key
          2015-04-30 | {str_replace: {template: x, params: {x: [a]}}} | str_replace: "str_replace" params must be strings or numbers, param x is not valid
          2021-04-16 | {str_replace: {template: {if: [false, x]}, params: {}}} | str_replace: "str_replace" template must be a string
          2021-04-16 | {if: [{get_param: name}, a, b]} | if[0].get_param: The condition value must be a boolean, but after resolution it is a string
          """)
  void refuseWithTheirPlace(String version, String expression, String expected) {
    assertThat(
            refusal(() -> resolve(version, expression))
                .replaceFirst("^t:14:\\d+: outputs.o.value.", ""))
        .isEqualTo(expected);
  }

  @Test
  void leaveOutPropertiesWithoutElse() {
    Template template =
        Templates.newest(
            "resources: {a: {type: T, properties: {x: {if: [false, 1]}, y: {if: [true, 1]}}}}");
    ResolvedProperties properties =
        Templates.instance(template, "{}").properties("a", ResourceView.NOTHING);
    assertThat(properties.known()).isEqualTo(json("{y: 1}"));
    assertThat(properties.isComplete()).isTrue();
  }
}
