package io.hotpod.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.Pod;
import io.hotpod.pod.manifest.ManifestContext;
import io.hotpod.pod.manifest.PodManifest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TestPodDiff {
  private static final String BEFORE =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
        labels: {app: web}
        annotations: {example.com/key: hidden-before}
      spec:
        volumes:
          - {name: data, emptyDir: {}}
        containers:
          - name: web
            image: web:1
            command: [httpd, -f]
            ports: [{containerPort: 80, hostPort: 8080}]
            env:
              - {name: PASSWORD, value: hidden-before}
              - {name: LEVEL, value: low}
            volumeMounts: [{name: data, mountPath: /data}]
            readinessProbe:
              httpGet:
                port: 80
                httpHeaders: [{name: Authorization, value: hidden-before}]
          - name: helper
            image: helper:1
      """;

  static Stream<Arguments> changes() {
    return Stream.of(
        change("image: web:1", "image: web:2", "spec.containers[web].image: web:1 -> web:2"),
        change(
            "[httpd, -f]",
            "[httpd, -v]",
            "spec.containers[web].command: [\"httpd\",\"-f\"] -> [\"httpd\",\"-v\"]"),
        change(
            "hostPort: 8080",
            "hostPort: 8081",
            "spec.containers[web].ports[80/TCP].hostPort: 8080 -> 8081"),
        change(
            "PASSWORD, value: hidden-before",
            "PASSWORD, value: hidden-after",
            "spec.containers[web].env[PASSWORD].value: changed"),
        change(
            "- {name: LEVEL, value: low}",
            "- {name: OTHER, value: hidden-after}",
            "spec.containers[web].env[LEVEL]: removed",
            "spec.containers[web].env[OTHER]: added"),
        change(
            "Authorization, value: hidden-before",
            "Authorization, value: hidden-after",
            "spec.containers[web].readinessProbe.httpGet.httpHeaders[Authorization].value: changed"),
        change(
            "          port: 80\n",
            "          port: 81\n",
            "spec.containers[web].readinessProbe.httpGet.port: 80 -> 81"),
        change(
            "readinessProbe:",
            "livenessProbe:",
            "spec.containers[web].readinessProbe: removed",
            "spec.containers[web].livenessProbe: added"),
        change(
            "example.com/key: hidden-before",
            "example.com/key: hidden-after",
            "metadata.annotations[example.com/key]: changed"),
        change("{app: web}", "{app: shop}", "metadata.labels[app]: web -> shop"),
        change(
            "- name: helper",
            "- name: second",
            "spec.containers[helper]: removed",
            "spec.containers[second]: added"),
        change(
            "{name: data, emptyDir: {}}",
            "{name: data, emptyDir: {medium: Memory}}",
            "spec.volumes[data].emptyDir.medium: added Memory"),
        change(
            "mountPath: /data",
            "mountPath: /data, readOnly: true",
            "spec.containers[web].volumeMounts[/data].readOnly: added true"),
        change(
            "spec:\n",
            "spec:\n  terminationGracePeriodSeconds: 5\n",
            "spec.terminationGracePeriodSeconds: 30 -> 5"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void tellsWhatChanged(String from, String to, List<String> expected) {
    assertThat(BEFORE).contains(from);
    assertThat(spoken(PodDiff.between(pod(BEFORE), pod(BEFORE.replace(from, to)))))
        .containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void neverShowsWhatMayBeSecret(String from, String to, List<String> expected) {
    List<Change> changes = PodDiff.between(pod(BEFORE), pod(BEFORE.replace(from, to)));
    assertThat(changes).isNotEmpty().hasSameSizeAs(expected);
    assertThat(changes.toString()).doesNotContain("hidden-");
  }

  @Test
  void equalPodsDoNotDiffer() {
    assertThat(PodDiff.between(pod(BEFORE), pod(BEFORE))).isEmpty();
  }

  @Test
  void theTokenDoesNotCount() {
    Pod before = pod(BEFORE);
    Pod after = pod(BEFORE);
    before.getMetadata().getAnnotations().put(ModificationToken.ANNOTATION, "one");
    after.getMetadata().getAnnotations().put(ModificationToken.ANNOTATION, "two");
    assertThat(PodDiff.between(before, after)).isEmpty();
  }

  @Test
  void tellsAnotherOrderOfContainers() {
    Pod before = pod(BEFORE);
    Pod after = pod(BEFORE);
    after.getSpec().setContainers(after.getSpec().getContainers().reversed());
    assertThat(spoken(PodDiff.between(before, after)))
        .containsExactly("spec.containers: reordered");
  }

  private static Arguments change(String from, String to, String... expected) {
    return arguments(from, to, List.of(expected));
  }

  private static List<String> spoken(List<Change> changes) {
    return changes.stream().map(Change::toString).toList();
  }

  private static Pod pod(String text) {
    return PodManifest.read("test.yaml", text, ManifestContext.NONE).pod();
  }
}
