package io.hotpod.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The cheap way of reading and writing pods has to give what Jackson itself gives. */
final class TestModelReader {
  private static final JsonMapper JACKSON = new JsonMapper();

  static Stream<Path> pods() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/manifests"))) {
      return files.filter(file -> file.toString().endsWith(".expected.json")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pods")
  void readsAndWritesAsJacksonDoes(Path file) throws IOException {
    String text = Files.readString(file);
    Pod expected = JACKSON.readValue(text, Pod.class);
    assertThat(ModelReader.read(JACKSON.readTree(text), Pod.class)).contains(expected);
    assertThat(ModelWriter.write(expected)).contains(JACKSON.valueToTree(expected));
    assertThat(PodJson.read(text, Pod.class)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metadata\": {\"name\": \"a\"}, \"newer\": {\"a\": [1]}}",
        "{\"spec\": {\"containers\": [{\"name\": \"a\", \"newer\": 1}]}}",
        "{\"spec\": {\"hostNetwork\": \"true\"}}",
        "{\"metadata\": {\"managedFields\": [{\"fieldsV1\": {\"f:a\": {}}}]}}"
      })
  void leavesOddPodsToJackson(String text) {
    Pod expected = JACKSON.readValue(text, Pod.class);
    assertThat(PodJson.read(text, Pod.class)).isEqualTo(expected);
    assertThat(PodJson.toTree(expected)).isEqualTo(JACKSON.valueToTree(expected));
  }

  @Test
  void nullIsAsIfItWereNotThere() {
    String text = "{\"metadata\": null, \"spec\": {\"containers\": null}}";
    assertThat(PodJson.read(text, Pod.class)).isEqualTo(PodJson.read("{\"spec\": {}}", Pod.class));
    String newer = "{\"newer\": 1, \"spec\": {\"containers\": null}}";
    assertThat(PodJson.read(newer, Pod.class).getSpec().getContainers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"spec\": {\"containers\": [{\"livenessProbe\": {\"httpGet\": {\"port\": 1.5}}}]}}",
        "[]",
        "{\"spec\": 1}",
        "{\"spec\": {\"containers\": {}}}",
        "{\"spec\": {\"containers\": [null]}}",
        "{\"metadata\": {\"labels\": {\"a\": null}}}",
        "{\"spec\": {\"securityContext\": {\"supplementalGroups\": [\"\"]}}}",
        "{\"spec\": {\"volumes\": [{\"emptyDir\": {\"sizeLimit\": \"1x\"}}]}}",
        "{"
      })
  void refusesWhatIsNoPod(String text) {
    assertThatThrownBy(() -> PodJson.read(text, Pod.class)).isInstanceOf(JacksonException.class);
  }
}
