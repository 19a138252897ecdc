package io.hotpod.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TestSecretDirectory {
  private static final Path MEMORY = Path.of("/memory");

  @Test
  void agentsOfSeveralUsersAreNotInEachOthersWay() {
    assertThat(SecretDirectory.below(MEMORY, "root", "one"))
        .isEqualTo(Path.of("/memory/hotpod-agent/one"));
    assertThat(SecretDirectory.below(MEMORY, "anna", "one"))
        .isEqualTo(Path.of("/memory/hotpod-agent-anna/one"));
  }
}
