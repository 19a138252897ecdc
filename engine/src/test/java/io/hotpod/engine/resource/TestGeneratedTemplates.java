package io.hotpod.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.Engines;
import io.hotpod.engine.stack.DefinitionChecker;
import io.hotpod.template.Parameters;
import io.hotpod.template.PseudoParameters;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.TemplateSource;
import io.hotpod.template.schema.GeneratedTemplate;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is generated from the schema of a type is a template that can be used. */
final class TestGeneratedTemplates {
  private static final ResourceTypes TYPES = Engines.offlineTypes();

  static List<String> names() {
    return TYPES.names();
  }

  private static TemplateInstance instance(ResourceSchema schema) {
    String text = GeneratedTemplate.hot(schema).toString();
    Template template = Template.parse(new TemplateSource("generated", text, Map.of()));
    return template.instantiate(
        Parameters.forValidation(template, Map.of(), new PseudoParameters("", "s", "")));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aHotTemplateIsSoundAndFitsItsType(String name) {
    ResourceSchema schema = TYPES.get(name).schema();

    TemplateInstance instance = instance(schema);

    assertThat(instance.resources()).hasSize(1);
    assertThat(instance.outputs().keySet())
        .containsAll(schema.attributes().keySet())
        .contains("OS::stack_id");
    assertThat(new DefinitionChecker(TYPES).problems(instance))
        .as("parameters without a value stand for anything, so none can be wrong")
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aCloudFormationTemplateRefersOnlyToItsParameters(String name) {
    JsonNode template = GeneratedTemplate.cloudFormation(TYPES.get(name).schema());

    assertThat(template.path("Resources").size()).isEqualTo(1);
    JsonNode properties = template.path("Resources").iterator().next().path("Properties");
    assertThat(properties.findValuesAsString("Ref"))
        .allMatch(parameter -> template.path("Parameters").has(parameter))
        .hasSize(properties.size());
  }
}
