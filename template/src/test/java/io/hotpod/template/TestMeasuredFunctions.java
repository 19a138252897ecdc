package io.hotpod.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.DocumentException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What Heat itself made of some hundreds of expressions, against what is made of them here. The
 * table is written by {@code scripts/measure-heat-functions.py}.
 */
final class TestMeasuredFunctions {
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
      """;

  private static final String CONDITIONS =
      """
      conditions:
        yes_: true
        no_: false
        is80: {equals: [{get_param: port}, 80]}
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

  private static final String REFUSED = "refused";
  private static final String UNKNOWN = "unknown";

  /**
   * Where this differs from Heat, on purpose: what is not made yet is not known, and never null;
   * attributes are checked by whoever knows the types; keys are always text; a key that a function
   * does not take and a function that the version does not have are refused; digests that no JDK
   * has are refused; an argument that an {@code if} takes away is missing.
   */
  private static final String DIFFERENCES =
      """
      unknown 2021-04-16 {get_resource: late}
      unknown 2021-04-16 {get_attr: [late, ip]}
      unknown 2021-04-16 {list_join: [",", [{get_attr: [late, ip]}]]}
      unknown 2021-04-16 {get_attr: [web, noattr]}
      unknown 2021-04-16 {get_attr: [web, {get_attr: [web, ip]}]}
      "axb" 2021-04-16 {str_replace: {template: "a1b", params: {1: x}}}
      {"a":1} 2021-04-16 {map_replace: [{a: 1}, {values: {1: one}}]}
      refused 2021-04-16 {str_replace: {template: x, params: {}, other: 1}}
      refused 2021-04-16 {repeat: {template: "%x%", for_each: {"%x%": [a]}, other: 1}}
      refused 2017-02-24 {repeat: {template: "%x%", for_each: {"%x%": [a]}, permutations: false}}
      refused 2021-04-16 {digest: [blake2b, hello]}
      refused 2021-04-16 {digest: [blake2s, hello]}
      refused 2021-04-16 {digest: [ripemd160, hello]}
      refused 2021-04-16 {digest: [sm3, hello]}
      refused 2016-04-08 {if: [true, a, b]}
      refused 2014-10-16 {digest: [md5, a]}
      refused 2015-04-30 {str_split: [",", a]}
      refused 2015-10-15 {map_merge: [{a: 1}]}
      refused 2016-04-08 {yaql: {expression: "1"}}
      refused 2016-04-08 {map_replace: [{a: b}, {}]}
      refused 2016-10-14 {filter: [[a], [b]]}
      refused 2016-10-14 {str_replace_strict: {template: a, params: {}}}
      refused 2017-02-24 {make_url: {scheme: http, host: h}}
      refused 2017-02-24 {list_concat: [[a]]}
      refused 2017-02-24 {contains: [a, [a]]}
      refused 2017-02-24 {str_replace_vstrict: {template: a, params: {}}}
      refused 2021-04-16 {contains: [{if: [false, b]}, [a]]}
      {} 2021-04-16 {yaql: {expression: "$.data", data: {if: [false, b]}}}
      """;

  private static final Map<String, String> OUTCOMES =
      DIFFERENCES
          .lines()
          .collect(
              Collectors.toUnmodifiableMap(
                  line -> line.substring(line.indexOf(' ') + 1),
                  line -> line.substring(0, line.indexOf(' '))));

  /** One measured row; of result and error the other one is missing. */
  record Row(String version, String expression, JsonNode result, String error) {
    @Override
    public String toString() {
      return version + " " + expression;
    }
  }

  static Stream<Row> rows() {
    return Templates.rows("/heat/functions.jsonl")
        .map(
            row ->
                new Row(
                    row.path("version").stringValue(),
                    row.path("expression").stringValue(),
                    row.path("result"),
                    row.path("error").asString("")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void areAsHeatHasThem(Row row) {
    String outcome = outcome(row);
    String difference = OUTCOMES.get(row.toString());
    if (difference != null) {
      assertThat(outcome).isEqualTo(difference);
    } else if (row.error().isEmpty()) {
      assertThat(outcome).isEqualTo(row.result().toString());
    } else {
      assertThat(outcome).isEqualTo(REFUSED);
    }
  }

  private static String outcome(Row row) {
    try {
      TemplateVersion version = TemplateVersion.of(row.version()).orElseThrow();
      String conditions = Language.Feature.CONDITIONS.isIn(version) ? CONDITIONS : "";
      Template template =
          Templates.parse(
              "heat_template_version: "
                  + row.version()
                  + "\n"
                  + SECTIONS
                  + conditions
                  + "outputs:\n  o:\n    value: "
                  + row.expression()
                  + "\n",
              Map.of("page", "<h1>NAME</h1>", "file:///conf", "x=1"));
      return switch (Templates.instance(template, "{}").output("o", VIEW)) {
        case Resolution.Known known -> known.value().toString();
        case Resolution.Unknown _ -> UNKNOWN;
      };
    } catch (DocumentException refused) {
      assertThat(refused.problems()).allMatch(problem -> problem.location().isPresent());
      return REFUSED;
    }
  }
}
