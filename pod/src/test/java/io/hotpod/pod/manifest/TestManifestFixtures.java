package io.hotpod.pod.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.pod.CanonicalJson;
import io.hotpod.pod.PodJson;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class TestManifestFixtures {
  static Stream<ManifestFixture> fixtures() {
    return ManifestFixture.all();
  }

  @Test
  void thereAreManyCases() {
    assertThat(ManifestFixture.all()).hasSizeGreaterThanOrEqualTo(40);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void doesWhatItSays(ManifestFixture fixture) {
    PodManifest manifest;
    try {
      manifest = PodManifest.read(fixture.name(), fixture.text(), fixture.context());
    } catch (DocumentException refusal) {
      compare(fixture.errors(), refusal.problems());
      return;
    }
    assertThat(fixture.errors()).as("errors of a manifest that was accepted").isEmpty();
    compare(fixture.warnings(), manifest.warnings());
    JsonNode pod = PodJson.toTree(manifest.pod());
    if (fixture.sameAs().isPresent()) {
      ManifestFixture other = ManifestFixture.named(fixture.sameAs().get());
      PodManifest same = PodManifest.read(other.name(), other.text(), other.context());
      assertThat(CanonicalJson.write(pod))
          .isEqualTo(CanonicalJson.write(PodJson.toTree(same.pod())));
      assertThat(manifest.digest()).isEqualTo(same.digest());
    } else {
      String expected =
          fixture
              .expectedPod()
              .orElseGet(() -> fail("no expectation; the pod is\n" + pod.toPrettyString()));
      assertThat(CanonicalJson.write(pod))
          .as("the pod is\n%s", pod.toPrettyString())
          .isEqualTo(CanonicalJson.write(PodJson.read(expected, JsonNode.class)));
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void readingTheNormalisedPodChangesNothing(ManifestFixture fixture) {
    if (!fixture.errors().isEmpty()) {
      return;
    }
    PodManifest once = PodManifest.read(fixture.name(), fixture.text(), fixture.context());
    PodManifest twice =
        PodManifest.read("normalised", PodJson.write(once.pod()), fixture.context());
    assertThat(twice.digest()).isEqualTo(once.digest());
    assertThat(twice.pod()).isEqualTo(once.pod());
  }

  private static void compare(List<String> expectations, List<Problem> problems) {
    List<String> spoken = problems.stream().map(ManifestFixture::spoken).toList();
    assertThat(spoken).hasSameSizeAs(expectations);
    for (int index = 0; index < problems.size(); index++) {
      assertThat(ManifestFixture.matches(expectations.get(index), problems.get(index)))
          .as("expected %s\nfound    %s", expectations, spoken)
          .isTrue();
    }
  }
}
