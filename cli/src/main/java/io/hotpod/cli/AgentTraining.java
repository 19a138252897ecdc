package io.hotpod.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the agent with a Podman that is played, so that the Java machine can record for the start-up
 * cache what it loads. Used when the program is packaged.
 */
final class AgentTraining {
  private AgentTraining() {}

  /**
   * @param arguments as of {@code hotpod agent}, among them {@code --podman-socket}, where nothing
   *     is yet
   */
  public static void main(String[] arguments) throws IOException {
    List<String> words = Arrays.asList(arguments);
    Path socket = Path.of(words.get(words.indexOf("--podman-socket") + 1));
    try (PlayedPodman _ = new PlayedPodman(socket)) {
      AgentMain.main(arguments);
    }
  }
}
