package io.hotpod.engine.resource.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.Engines;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateSource;
import io.hotpod.template.schema.ResourceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
