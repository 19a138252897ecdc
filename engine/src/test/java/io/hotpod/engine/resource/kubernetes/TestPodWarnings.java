package io.hotpod.engine.resource.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.Problem;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestPodWarnings {
  private static List<Problem> warnings(String waitFor, String spec) {
    String text =
        """
        heat_template_version: 2021-04-16
        resources:
          config:
            type: OS::Kubernetes::PodConfig
            properties: {manifest: {apiVersion: v1, kind: Pod, spec: %s}}
          job:
            type: OS::Kubernetes::PodDeployment
            properties: {config: {get_resource: config}, server: a, wait_for: %s}
        """
            .formatted(spec, waitFor);
    return PodWarnings.of(Template.parse(new TemplateSource("t", text, Map.of())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "COMPLETED | {} | true",
        "COMPLETED | {restartPolicy: Always} | true",
        "COMPLETED | {restartPolicy: Never} | false",
        "COMPLETED | {restartPolicy: OnFailure} | false",
        "COMPLETED | {restartPolicy: {get_file: f}} | false",
        "COMPLETED | {get_file: f} | false",
        "READY | {} | false",
      })
  void namesWaitsThatNeverEnd(String waitFor, String spec, boolean warned) {
    assertThat(warnings(waitFor, spec))
        .extracting(Problem::path)
        .isEqualTo(warned ? List.of("resources.job.properties.wait_for") : List.of());
  }
}
