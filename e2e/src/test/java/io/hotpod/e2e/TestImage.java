package io.hotpod.e2e;

import java.time.Duration;
import java.util.List;

/** The image that the pods of the tests run: a busybox, made on this machine. */
final class TestImage {
  static final String NAME = "localhost/hotpod-test:1";

  private TestImage() {}

  /** Returns when Podman has it. */
  static void make() {
    Command.run(
            Duration.ofSeconds(60), List.of(Project.script("busybox-image.sh").toString(), NAME))
        .successful();
  }
}
