package io.hotpod.engine.resource.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.engine.Engines;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateSource;
import io.hotpod.template.schema.ResourceSchema;
import io.hotpod.template.yaql.Yaql;
import io.hotpod.template.yaql.YaqlLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whoever runs a template on a Heat that knows nothing of us can write what he writes here. */
final class TestHeatEnvironment {
  private static final Path DIRECTORY = Path.of("../heat-environment");

  @ParameterizedTest
  @CsvSource({
    "OS::Kubernetes::PodDeployment, pod-deployment.yaml",
    "OS::Kubernetes::PodDeploymentGroup, pod-deployment-group.yaml",
  })
  void theStandInTakesAndGivesTheSame(String type, String file) throws IOException {
    ResourceSchema schema = Engines.offlineTypes().get(type).schema();
    Template standIn =
        Template.parse(
            new TemplateSource(file, Files.readString(DIRECTORY.resolve(file)), Map.of()));

    assertThat(standIn.parameters().keySet().stream().filter(name -> !name.startsWith("hotpod_")))
        .containsExactlyInAnyOrderElementsOf(schema.properties().keySet());
    assertThat(standIn.outputs().keySet()).containsAll(schema.attributes().keySet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"spec\": {\"containers\": [{\"name\": \"a\", \"image\": \"x:1\"}, {\"name\": \"b\","
            + " \"image\": \"y:1\"}], \"initContainers\": [{\"name\": \"i\", \"image\":"
            + " \"y:1\"}]}}|[\"y:1\",\"x:1\"]|[\"a\",\"b\"]",
        "{\"version\": \"v1beta2\", \"containers\": [{\"name\": \"a\", \"image\":"
            + " \"x:1\"}]}|[\"x:1\"]|[\"a\"]"
      })
  void configTellsImagesAndContainers(String manifest, String images, String containers)
      throws IOException {
    JsonNode outputs = outputs();
    JsonNode data = JsonMapper.shared().readTree(manifest);

    assertThat(evaluated(outputs.path("images"), data)).isEqualTo(images);
    assertThat(evaluated(outputs.path("containers"), data)).isEqualTo(containers);
  }

  /** Where inputs are not known yet, both tell what stands in the template. */
  @Test
  void configTellsTheSameHereWhileInputsAreOpen() throws IOException {
    JsonNode manifest =
        JsonMapper.shared()
            .readTree(
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
                 "spec": {
                   "terminationGracePeriodSeconds": {"get_input": "grace"},
                   "initContainers": [{"name": "i", "image": "x:1"}],
                   "containers": [{"name": "a", "image": "x:1"},
                                  {"name": "b", "image": {"get_input": "image"}}]}}
                """);
    ObjectNode properties = JsonMapper.shared().createObjectNode();
    properties.set("manifest", manifest);
    ResourceType type = Engines.offlineTypes().get("OS::Kubernetes::PodConfig");
    JsonNode outputs = outputs();

    for (String name : List.of("images", "containers")) {
      assertThat(type.predictAttribute(properties, name).map(JsonNode::toString))
          .contains(evaluated(outputs.path(name), manifest));
    }
    assertThat(type.predictAttribute(properties, "manifest")).contains(manifest);
    assertThat(type.predictAttribute(properties, "digest")).isEmpty();
  }

  private static JsonNode outputs() throws IOException {
    return new DocumentReader(Limits.DEFAULT)
        .read("pod-config.yaml", Files.readString(DIRECTORY.resolve("pod-config.yaml")))
        .toJson()
        .path("outputs");
  }

  private static String evaluated(JsonNode output, JsonNode data) {
    String expression = output.path("value").path("yaql").path("expression").asString();
    return Yaql.parse(expression).evaluate(data, YaqlLimits.STANDARD).toString();
  }
}
