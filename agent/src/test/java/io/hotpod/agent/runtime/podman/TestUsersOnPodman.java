package io.hotpod.agent.runtime.podman;

import java.util.UUID;
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
    PodmanCommand.run("create", "--name", maker, Manifests.IMAGE, "true");
    PodmanCommand.run("commit", "--quiet", "--change", "USER 65534", maker, image);
  }

  @AfterEach
  void end() throws Exception {
    fixture.close();
    PodmanCommand.run("rm", "--force", "--ignore", maker);
    PodmanCommand.run("image", "rm", "--force", "--ignore", image);
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
