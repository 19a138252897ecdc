package io.hotpod.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.cli.session.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State directories that cannot be used, in words. */
final class TestStateLock {
  @TempDir Path directory;

  private static void refuses(Path state, String why) {
    assertThatThrownBy(() -> StateLock.take(state).close())
        .isInstanceOf(CommandFailure.class)
        .hasMessage("the state directory " + state + " cannot be used: " + why + ".")
        .asInstanceOf(InstanceOfAssertFactories.type(CommandFailure.class))
        .extracting(CommandFailure::details)
        .isEqualTo(java.util.List.of("Name another with --state."));
  }

  @Test
  void fileIsNoDirectory() throws IOException {
    Path file = Files.writeString(directory.resolve("passwd"), "");

    refuses(file, file + " is not a directory");
  }

  @Test
  void placeWhereNoDirectoriesAreMade() {
    refuses(Path.of("/proc/x"), "no directory can be made there");
  }

  @Test
  void takenOneNamesTheProcess() {
    try (StateLock lock = StateLock.take(directory.resolve("state"))) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> StateLock.take(directory.resolve("state")))
          .isInstanceOf(CommandFailure.class)
          .hasMessageEndingWith(
              "is in use by another hotpod process, number " + ProcessHandle.current().pid() + ".");
    }
  }
}
