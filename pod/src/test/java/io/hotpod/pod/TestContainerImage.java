package io.hotpod.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.pod.ContainerImage.WantedImage;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestContainerImage {
  private static final String DIGEST = "@sha256:" + "a".repeat(64);

  @ParameterizedTest
  @CsvSource({
    "busybox, docker.io/library/busybox:latest",
    "busybox:1, docker.io/library/busybox:1",
    "docker.io/busybox:1, docker.io/library/busybox:1",
    "team/web, docker.io/team/web:latest",
    "web, localhost/web:latest",
    "web:1, quay.io/team/web:1",
    "registry:5000/web, registry:5000/web:latest",
    "registry:5000/web:1, registry:5000/web:1",
    "web:1@sha256:12, docker.io/library/web@sha256:12"
  })
  void oneNameInOtherWordsIsTheSame(String asked, String told) {
    assertThat(made(told, "old", "new").differenceFrom(asked)).isEmpty();
    assertThat(made(told, "old", "new").isOvertaken(asked)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost/web:1, localhost/web:2",
    "localhost/web:1, localhost/other:1",
    "localhost/web, docker.io/library/web:latest",
    "docker.io/library/web:1, quay.io/team/web:1",
    "registry:5000/web, registry:5000/web:1",
    "web@sha256:12, docker.io/library/web@sha256:34",
    "web@sha256:12, docker.io/library/web:latest"
  })
  void anotherNameOfAnotherImageIsNot(String asked, String told) {
    assertThat(made(told, "one", "another").differenceFrom(asked))
        .contains("was made from image " + told + " and not from " + asked);
    assertThat(made(told, "one", "another").isOvertaken(asked)).isFalse();
  }

  @Test
  void anotherNameOfTheSameImageIsTheSame() {
    assertThat(made("localhost/web:2", "same", "same").differenceFrom("localhost/web:1")).isEmpty();
  }

  @Test
  void whatAMachineTookOfAnIndexIsWhatTheIndexNames() {
    assertThat(
            made("localhost/web" + DIGEST, "platform", "platform")
                .differenceFrom("localhost/web@sha256:index"))
        .isEmpty();
  }

  @Test
  void anImageThatIsNotThereIsNotTheOne() {
    ContainerImage made =
        new ContainerImage(
            "localhost/web:2", Optional.of("id"), Optional.of(new WantedImage(Optional.empty())));

    assertThat(made.differenceFrom("localhost/web:1"))
        .contains(
            "was made from image localhost/web:2 and not from localhost/web:1, which is not there");
    assertThat(made.differenceFrom("localhost/web:2")).isEmpty();
    assertThat(made.isOvertaken("localhost/web:2")).isFalse();
  }

  @Test
  void aRuntimeThatCannotBeAskedProvesNothing() {
    assertThat(ContainerImage.of("lab.local/web:9").differenceFrom("lab.local/web:1")).isEmpty();
  }

  @Test
  void isWrittenAndReadAgain() {
    ContainerImage made = made("localhost/web:1", "one", "another");

    assertThat(PodJson.read(PodJson.write(made), ContainerImage.class)).isEqualTo(made);
  }

  private static ContainerImage made(String reference, String id, String wanted) {
    return new ContainerImage(
        reference, Optional.of(id), Optional.of(new WantedImage(Optional.of(wanted))));
  }
}
