package io.hotpod.template;

import static io.hotpod.template.Templates.existing;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.Location;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestTemplate {
  @ParameterizedTest
  @CsvSource({
    "2013-05-23, V2013_05_23",
    "2014-10-16, V2014_10_16",
    "2015-04-30, V2015_04_30",
    "2015-10-15, V2015_10_15",
    "2016-04-08, V2016_04_08",
    "2016-10-14, V2016_10_14",
    "newton, V2016_10_14",
    "2017-02-24, V2017_02_24",
    "ocata, V2017_02_24",
    "2017-09-01, V2017_09_01",
    "pike, V2017_09_01",
    "2018-03-02, V2018_03_02",
    "queens, V2018_03_02",
    "2018-08-31, V2018_08_31",
    "rocky, V2018_08_31",
    "2021-04-16, V2021_04_16",
    "wallaby, V2021_04_16"
  })
  void acceptsEveryVersionAndAlias(String text, TemplateVersion version) {
    assertThat(Templates.parse("heat_template_version: " + text).version()).isEqualTo(version);
    assertThat(Templates.parse("{\"heat_template_version\": \"" + text + "\"}").version())
        .isEqualTo(version);
  }

  @Test
  void keepsWhatTheTextSaysInItsOrder() {
    Template template =
        Templates.parse(
            """
            heat_template_version: 2018-03-02
            description: A shop
            parameter_groups:
              - {label: Size, description: How large, parameters: [size, image]}
            parameters:
              size:
                type: number
                label: The size
                description: Of the shop
                default: 3
                hidden: yes
                immutable: true
                tags: [a, b]
                constraints:
                  - range: {min: 1, max: "5"}
                    description: One to five
              image: {type: string}
            conditions:
              large: {equals: [{get_param: size}, 5]}
            resources:
              web:
                type: OS::Heat::Value
                description: The web
                depends_on: base
                condition: large
                deletion_policy: retain
                metadata: {note: 1}
                properties:
                  value: {get_resource: base}
              base:
                type: OS::Heat::None
                deletion_policy: Delete
                depends_on:
            outputs:
              url: {value: x, description: Where, condition: large}
              other: {value: null}
            """);
    assertThat(template.description()).isEqualTo("A shop");
    assertThat(template.parameters().keySet()).containsExactly("size", "image");
    ParameterDefinition size = existing(template.parameters(), "size");
    assertThat(size)
        .extracting(
            ParameterDefinition::label,
            ParameterDefinition::description,
            ParameterDefinition::hidden,
            ParameterDefinition::immutable,
            ParameterDefinition::tags)
        .containsExactly("The size", "Of the shop", true, true, List.of("a", "b"));
    assertThat(size.constraints()).hasSize(1);
    assertThat(existing(template.parameters(), "image").label()).isEqualTo("image");
    assertThat(template.parameterGroups())
        .containsExactly(new ParameterGroup("Size", "How large", List.of("size", "image")));
    assertThat(template.resources().keySet()).containsExactly("web", "base");
    ResourceDefinition web = existing(template.resources(), "web");
    assertThat(web)
        .extracting(
            ResourceDefinition::type,
            ResourceDefinition::description,
            ResourceDefinition::dependsOn)
        .containsExactly("OS::Heat::Value", "The web", List.of("base"));
    TemplateInstance instance = Templates.instance(template, "{size: 5, image: x}");
    assertThat(instance.deletionPolicy("web")).isEqualTo(DeletionPolicy.RETAIN);
    assertThat(instance.deletionPolicy("base")).isEqualTo(DeletionPolicy.DELETE);
    assertThat(web.location()).contains(new Location("t", 21, 3));
    assertThat(web.properties().references()).containsExactly("base");
    assertThat(existing(template.resources(), "base").dependsOn()).isEmpty();
    assertThat(template.outputs().keySet()).containsExactly("url", "other");
    assertThat(existing(template.outputs(), "other").description())
        .isEqualTo("No description given");
    assertThat(template.conditions()).containsOnlyKeys("large");
  }

  @Test
  void readsEmptySections() {
    Template template =
        Templates.newest("description:\nparameters:\nconditions:\nresources: {}\noutputs: ~\n");
    assertThat(template.description()).isEmpty();
    assertThat(template.resources()).isEmpty();
  }

  @Test
  void knowsThePlaceOfEveryExpression() {
    Template template =
        Templates.newest(
            """
            resources:
              web:
                type: T
                properties:
                  ports:
                    - 80
                    - {get_param: port}
            """);
    Expression ports = existing(template.resources(), "web").properties().parts().getFirst();
    Expression call = ports.parts().get(1);
    assertThat(call).isInstanceOf(Expression.GetParam.class);
    assertThat(call.place()).hasToString("t:8:12: resources.web.properties.ports[1].get_param");
  }

  @Test
  void takesKeysThatAreNoFunctionsForPlainMaps() {
    Template template =
        Templates.parse(
            "heat_template_version: 2013-05-23\n"
                + "resources: {a: {type: T, properties: {x: {not: [a, b, c]}, y: {or: 1},"
                + " z: {get_input: w}, v: {get_file: f, get_param: p}, w: {equals: []}}}}");
    assertThat(Templates.instance(template, "{}").properties("a", ResourceView.NOTHING).known())
        .isEqualTo(
            Templates.json(
                "{x: {not: [a, b, c]}, y: {or: 1}, z: {get_input: w},"
                    + " v: {get_file: f, get_param: p}, w: {equals: []}}"));
  }
}
