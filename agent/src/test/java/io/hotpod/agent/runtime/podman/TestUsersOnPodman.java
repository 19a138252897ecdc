package io.hotpod.agent.runtime.podman;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An image that says as whom it runs. */
final class TestUsersOnPodman {
  private final String image = "localhost/hotpod-user-" + UUID.randomUUID() + ":1";
  private final String maker = "hotpod-user-" + UUID.randomUUID();
  private RuntimeFixture fixture;

  @BeforeEach
  void begin() throws Exception {
    fixture = new RuntimeFixture();
    podman("create", "--name", maker, Manifests.IMAGE, "true");
    podman("commit", "--quiet", "--change", "USER 65534", maker, image);
  }

  @AfterEach
  void end() throws Exception {
    fixture.close();
    podman("rm", "--force", "--ignore", maker);
    podman("image", "rm", "--force", "--ignore", image);
  }

  private static void podman(String... words) throws IOException, InterruptedException {
    String[] command = new String[words.length + 1];
    command[0] = "podman";
    System.arraycopy(words, 0, command, 1, words.length);
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  @Test
  void groupAloneLeavesTheUserToTheImage() {
    fixture.applyReady(
        Manifests.pod(
            "web",
            "one",
            """
            {'terminationGracePeriodSeconds':1,'containers':[{'name':'main','image':'NAME',
              'securityContext':{'runAsGroup':2000,'runAsNonRoot':true},
              'command':['sh','-c','id -u; id -g; exec sleep 1000']}]}
            """
                .replace("NAME", image)));

    fixture.awaitLogs("web", "main", "65534\n2000\n");
  }
}
