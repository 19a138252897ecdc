package io.hotpod.template;

import static io.hotpod.template.Templates.lines;
import static io.hotpod.template.Templates.newest;
import static io.hotpod.template.Templates.parse;
import static io.hotpod.template.Templates.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestTemplateProblems {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          resource: {} | t:2:1: resource: The template section is invalid: resource; did you mean "resources"?
          resources: [] | t:2:12: resources: The resources section must be a map, not a list
          resources: {a: 1} | t:2:13: resources.a: Resource a must be defined by a map, not a number
          resources: {a: {}} | t:2:13: resources.a: Resource a has no type
          resources: {a/b: {type: T}} | t:2:13: resources.a/b: a resource name must not be empty or contain "/"
          resources:~  a: {type: T, propertys: {}} | t:3:16: resources.a.propertys: Invalid keyword(s) inside a resource definition: propertys; did you mean "properties"?
          resources:~  a: {type: [T]} | t:3:13: resources.a.type: type must be a string, not a list
          resources:~  a: {type: T, properties: []} | t:3:28: resources.a.properties: properties must be a map, not a list
          resources:~  a: {type: T, depends_on: [[b]]} | t:3:29: resources.a.depends_on[0]: this must be a name, not a list
          resources:~  a: {type: T, properties: {list_join: []}} | t:3:29: resources.a.properties.list_join: Incorrect arguments to "list_join" should be: "list_join" : [ " ", [ "str1", "str2"] ...]
          resources:~  a: {type: T, deletion_policy: [a]} | t:3:33: resources.a.deletion_policy: deletion_policy must be a string, not a list
          resources:~  a: {type: T, deletion_policy: [{get_param: p}]} | t:3:33: resources.a.deletion_policy: deletion_policy must be a string, not a list
          resources:~  a: {type: T, deletion_policy: {a: {get_resource: a}}} | t:3:33: resources.a.deletion_policy: deletion_policy must be a string, not a map
          resources:~  a: {type: T, external_id: x, depends_on: b} | t:3:29: resources.a.external_id: Resource a cannot have external_id and depends_on
          resources:~  a: {type: T, deletion_policy: Keep} | t:3:33: resources.a.deletion_policy: Invalid deletion policy "Keep"
          resources:~  a: {type: T, condition: big}~conditions: {bug: true} | t:3:27: resources.a.condition: Invalid condition "big"; did you mean "bug"?
          parameters: {a: {type: string}}~resources: {a: {type: T}} | t:3:13: resources.a: Duplicate names {'a'}: a parameter and a resource must not share a name
          outputs: {a: 1} | t:2:11: outputs.a: Output a must be defined by a map, not a number
          outputs: {a: {description: x}} | t:2:11: outputs.a: Output a has no value
          outputs: {a: {value: x, valeu: y}} | t:2:25: outputs.a.valeu: Invalid key 'valeu' in output (a); did you mean "value"?
          parameters: {a: string} | t:2:14: parameters.a: Invalid parameter (a), expected a mapping
          parameters: {a: {}} | t:2:14: parameters.a: Missing parameter type for parameter: a
          parameters: {a: {type: sting}} | t:2:24: parameters.a.type: Invalid type (sting); did you mean "string"?
          parameters: {a: {type: string, defualt: x}} | t:2:32: parameters.a.defualt: Invalid key 'defualt' for parameter (a); did you mean "default"?
          parameters: {a: {type: number, default: x}} | t:2:41: parameters.a.default: Parameter 'a' is invalid: Invalid default (Value must be a number)
          parameters: {a: {type: string, hidden: perhaps}} | t:2:40: parameters.a.hidden: hidden must be a boolean
          parameters: {a: {type: string, constraints: {}}} | t:2:45: parameters.a.constraints: Invalid parameter constraints for parameter a, expected a list
          parameters: {a: {type: string, constraints: [x]}} | t:2:46: parameters.a.constraints[0]: Invalid parameter constraints, expected a mapping
          parameters: {a: {type: string, constraints: [{description: x}]}} | t:2:46: parameters.a.constraints[0]: No constraint expressed
          parameters: {a: {type: string, constraints: [{lenght: {min: 1}, range: {min: 1}}]}} | t:2:47: parameters.a.constraints[0].lenght: Invalid key 'lenght' for parameter constraints; did you mean "length"?~t:2:72: parameters.a.constraints[0].range: Range constraint invalid for string
          parameters: {a: {type: number, constraints: [{length: {min: 1}}]}} | t:2:55: parameters.a.constraints[0].length: Length constraint invalid for number
          parameters: {a: {type: json, constraints: [{allowed_values: [1]}]}} | t:2:61: parameters.a.constraints[0].allowed_values: AllowedValues constraint invalid for json
          parameters: {a: {type: number, constraints: [{allowed_pattern: x}]}} | t:2:64: parameters.a.constraints[0].allowed_pattern: AllowedPattern constraint invalid for number
          parameters: {a: {type: string, constraints: [{allowed_pattern: "(?=x)"}]}} | t:2:64: parameters.a.constraints[0].allowed_pattern: this pattern cannot be used: at position 0: look-ahead (?=...) is not supported: patterns run in linear time here. Supported are literals, sets, classes, groups, alternatives, quantifiers, anchors and flags
          parameters: {a: {type: string, constraints: [{custom_constraint: ip_adr}]}} | t:2:66: parameters.a.constraints[0].custom_constraint: custom_constraint ip_adr is not known; did you mean "ip_addr"?
          parameters: {a: {type: string, constraints: [{custom_constraint: nova.flavor}]}} | t:2:66: parameters.a.constraints[0].custom_constraint: custom_constraint nova.flavor asks a cloud service, and there is none here
          parameters: {a: {type: string, constraints: [{length: {}}]}} | t:2:55: parameters.a.constraints[0].length: A length constraint must have a min value and/or a max value specified.
          parameters: {a: {type: string, constraints: [{length: {min: 1.5}}]}} | t:2:61: parameters.a.constraints[0].length.min: min/max length must be integral
          parameters: {a: {type: string, constraints: [{allowed_values: a}]}} | t:2:63: parameters.a.constraints[0].allowed_values: AllowedValues must be a list
          parameters: {a: {type: string, constraints: [{allowed_pattern: 1}]}} | t:2:64: parameters.a.constraints[0].allowed_pattern: AllowedPattern must be a string
          parameters: {a: {type: number, constraints: [{modulo: {step: 1.5, offset: 1}}]}} | t:2:62: parameters.a.constraints[0].modulo.step: step/offset must be integer
          parameters: {a: {type: number, constraints: [{modulo: {step: 0, offset: 0}}]}} | t:2:55: parameters.a.constraints[0].modulo: step cannot be 0.
          parameters: {a: {type: string, constraints: [{length: 3}]}} | t:2:55: parameters.a.constraints[0].length: Invalid length constraint, expected a mapping
          parameters: {a: {type: string, constraints: [{length: {min: x}}]}} | t:2:61: parameters.a.constraints[0].length.min: min must be a number
          parameters: {a: {type: string, constraints: [{length: {min: 3, max: 2}}]}} | t:2:55: parameters.a.constraints[0].length: min is larger than max
          parameters: {a: {type: number, constraints: [{modulo: {step: 0}}]}} | t:2:55: parameters.a.constraints[0].modulo: A modulo constraint must have a step value and an offset value specified.
          parameters: {a: {type: number, constraints: [{modulo: {step: 2, offset: 2}}]}} | t:2:55: parameters.a.constraints[0].modulo: offset must be smaller (by absolute value) than step.
          parameters: {a: {type: number, constraints: [{modulo: {step: 2, offset: -1}}]}} | t:2:55: parameters.a.constraints[0].modulo: step and offset must be both positive or both negative.
          parameters: {a: {type: number, constraints: [{allowed_values: [1, x]}]}} | t:2:67: parameters.a.constraints[0].allowed_values[1]: Value must be a number
          parameter_groups: {} | t:2:19: parameter_groups: The parameter_groups should be a list, not a map
          parameter_groups: [{parameters: [b]}] | t:2:34: parameter_groups[0].parameters[0]: The grouped parameter b does not reference a valid parameter.
          parameters: {a: {type: string}}~parameter_groups: [{parameters: [a, a]}] | t:3:37: parameter_groups[0].parameters[1]: The a parameter must be assigned to one parameter group only.
          conditions: {a: 1} | t:2:14: conditions.a: Invalid condition: it is a boolean, the name of a condition, or one condition function, but this is a number
          conditions: {a: {get_attr: [b, c]}} | t:2:18: conditions.a.get_attr: The function "get_attr" is invalid in this context; conditions may use parameters only
          conditions: {a: {equals: [1, {get_resource: b}]}} | t:2:31: conditions.a.equals[1].get_resource: The function "get_resource" is invalid in this context; conditions may use parameters only
          conditions: {a: {equals: [1]}} | t:2:18: conditions.a.equals: Arguments to "equals" must be of the form: [value_1, value_2]
          conditions: {a: {and: [true]}} | t:2:18: conditions.a.and: The minimum number of condition arguments to "and" is 2.
          conditions: {a: {yaql: {}}} | t:2:18: conditions.a.yaql: "yaql" needs "expression"
          conditions: {a: {equal: [a, b]}} | t:2:18: conditions.a.equal: Invalid condition: "equal" is not a condition function; did you mean "equals"?
          conditions: {a: {not: b}, b: c, c: {or: [true, a]}} | t:2:14: conditions.a: Circular definition for condition "a": a -> b -> c -> a
          """)
  void saysWhatIsWrongAndWhere(String text, String expected) {
    assertThat(refusal(() -> newest(lines(text)))).isEqualTo(lines(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {get_param: []} | Function "get_param" must have arguments
          {get_param: 1} | Argument to "get_param" must be string or list
          {get_resource: [a]} | Argument to "get_resource" must be a string, not a list
          {get_attr: a} | Argument to "get_attr" must be a list
          {get_attr: []} | Arguments to "get_attr" can be of the next forms: [resource_name] or [resource_name, attribute, (path), ...]
          {get_file: [a]} | Argument to "get_file" must be a string, not a list
          {str_replace: x} | Arguments to "str_replace" must be a map
          {str_replace: {template: x}} | "str_replace" needs "template" and "params"
          {list_join: x} | Incorrect arguments to "list_join" should be: "list_join" : [ " ", [ "str1", "str2"] ...]
          {list_join: [x]} | Incorrect arguments to "list_join" should be: "list_join" : [ " ", [ "str1", "str2"] ...]
          {if: [true]} | Arguments to "if" must be of the form: [condition_name, value_if_true, value_if_false]; without value_if_false the item is left out
          {if: [true, 1, 2, 3]} | Arguments to "if" must be of the form: [condition_name, value_if_true, value_if_false]; without value_if_false the item is left out
          {Ref: a} | The template version is invalid: The function Ref is not supported in this version of HOT.; Ref is in heat_template_version 2013-05-23 only
          {digest: [md5]} | Function "digest" usage: ["<algorithm>", "<value>"]
          {repeat: [a]} | Arguments to "repeat" must be a map
          {str_split: a} | Incorrect arguments to "str_split" should be: "str_split" : [ ",", "apples,pears", <index>]
          {map_merge: [a]} | Incorrect arguments: Items to merge must be maps.
          {yaql: [a]} | Arguments to "yaql" must be a map.
          {filter: [a]} | "filter" expected 2 arguments of the form [values, sequence]
          {make_url: [a]} | The arguments to "make_url" must be a map
          {list_concat: [a]} | Incorrect arguments: Items to concat must be lists, not a string
          {contains: [a]} | Arguments to "contains" must be of the form: [value1, [value1, value2]]
          {resource_facade: meta} | Incorrect arguments to "resource_facade" should be one of: metadata, deletion_policy, update_policy
          """)
  void checksTheShapeOfArguments(String expression, String message) {
    String name = expression.substring(1, expression.indexOf(':'));
    assertThat(refusal(() -> newest("outputs:\n  o: {value: " + expression + "}\n")))
        .isEqualTo("t:3:15: outputs.o.value." + name + ": " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: 1 | t:1:1: Template format version not found.; begin with heat_template_version: 2021-04-16~t:1:1: a: The template section is invalid: a
          [] | t:1:1: The template is not a JSON object or YAML mapping, but a list
          hello | t:1:1: The template is not a JSON object or YAML mapping, but a string
          heat_template_version: 2013-05-23~conditions: {} | t:2:1: conditions: The template section is invalid: conditions; conditions needs heat_template_version 2016-10-14 or newer
          heat_template_version: 2013-05-23~resources: {a: {type: T, deletion_policy: delete}} | t:2:43: resources.a.deletion_policy: Invalid deletion policy "delete"; did you mean "Delete"?
          heat_template_version: 2016-04-08~resources: {a: {type: T, condition: true}} | t:2:37: resources.a.condition: condition needs heat_template_version 2016-10-14 or newer
          heat_template_version: 2016-04-08~outputs: {a: {value: 1, condition: true}} | t:2:36: outputs.a.condition: condition needs heat_template_version 2016-10-14 or newer
          heat_template_version: 2017-09-01~parameters: {a: {type: string, tags: [x]}} | t:2:38: parameters.a.tags: Invalid key 'tags' for parameter (a); tags needs heat_template_version 2018-03-02 or newer
          heat_template_version: 2016-10-14~parameters: {a: {type: number, constraints: [{modulo: {step: 2, offset: 0}}]}} | t:2:55: parameters.a.constraints[0].modulo: modulo needs heat_template_version 2017-02-24 or newer
          heat_template_version: 2013-05-23~outputs: {a: {value: {get_attr: [b]}}} | t:2:23: outputs.a.value.get_attr: Arguments to "get_attr" must be of the form [resource_name, attribute, (path), ...]
          heat_template_version: 2013-05-23~outputs: {a: {value: {list_join: [x, [], []]}}} | t:2:23: outputs.a.value.list_join: Incorrect arguments to "list_join" should be: "list_join" : [ " ", [ "str1", "str2"]]
          heat_template_version: 2018-08-31~outputs: {a: {value: {if: [true, 1]}}} | t:2:23: outputs.a.value.if: Arguments to "if" must be of the form: [condition_name, value_if_true, value_if_false]; if without an else needs heat_template_version 2021-04-16 or newer
          heat_template_version: 2013-05-23~outputs: {a: {value: {digest: [md5, x]}}} | t:2:23: outputs.a.value.digest: The template version is invalid: The function digest is not supported in this version of HOT.; digest is in heat_template_version 2015-04-30 or newer
          heat_template_version: 2013-05-23~outputs: {a: {value: {Fn::GetAZs: ""}}} | t:2:23: outputs.a.value.Fn::GetAZs: Fn::GetAZs asks a compute service for its zones, and there is none here
          heat_template_version: 2017-02-24~conditions: {a: {contains: [a, [a]]}} | t:2:18: conditions.a.contains: The function "contains" is invalid in this context; conditions have it in heat_template_version 2017-09-01 or newer
          heat_template_version: 2016-04-08~resources: {a: {type: T, external_id: x}} | t:2:39: resources.a.external_id: external_id needs heat_template_version 2016-10-14 or newer
          heat_template_version: 2017-02-24~outputs: {a: {value: {repeat: {template: x, for_each: {x: [a]}, permutations: true}}}} | t:2:65: outputs.a.value.repeat.permutations: permutations of repeat needs heat_template_version 2017-09-01 or newer
          heat_template_version: 2015-10-15~outputs: {a: {value: {Fn::Select: b}}} | t:2:23: outputs.a.value.Fn::Select: The template version is invalid: The function Fn::Select is not supported in this version of HOT.; Fn::Select is in heat_template_version 2013-05-23 to 2015-04-30 only
          HeatTemplateFormatVersion: 2012-12-12 | t:1:28: HeatTemplateFormatVersion: HeatTemplateFormatVersion templates are not supported yet
          """)
  void minds(String text, String expected) {
    assertThat(refusal(() -> parse(lines(text)))).isEqualTo(lines(expected));
  }

  @Test
  void namesTheVersionsThatItKnows() {
    assertThat(refusal(() -> parse("heat_template_version: 2019-01-01")))
        .startsWith(
            "t:1:24: heat_template_version: The template version is invalid:"
                + " \"heat_template_version: 2019-01-01\". \"heat_template_version\" should be one"
                + " of: 2013-05-23, 2014-10-16, ")
        .endsWith("2021-04-16, wallaby");
  }

  @Test
  void tellsEverythingInOnePassInTheOrderOfTheText() {
    String all =
        refusal(
            () ->
                newest(
                    """
                    outputs:
                      o: {}
                    resources:
                      a: {}
                      b: {type: T, properties: {x: {yaql: 1}}}
                    parameters:
                      p: {type: x}
                    sections: 1
                    """));
    assertThat(all.lines().map(line -> line.substring(0, line.indexOf(": "))))
        .containsExactly("t:3:3", "t:5:3", "t:6:33", "t:8:13", "t:9:1");
  }

  @Test
  void stopsAtAHundredProblems() {
    String text = "a%d: 1\n".repeat(1000);
    String numbered = text.formatted(IntStream.range(0, 1000).boxed().toArray());
    assertThat(refusal(() -> newest(numbered)).lines()).hasSize(100);
  }

  @Test
  void refusesWhatTheReaderRefuses() {
    assertThat(refusal(() -> parse(""))).isEqualTo("t:1:1: the text is empty");
    assertThat(refusal(() -> newest("a: b: c"))).startsWith("t:2:5: a colon is not allowed here");
  }
}
