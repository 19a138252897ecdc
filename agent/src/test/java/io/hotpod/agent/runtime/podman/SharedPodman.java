package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.service.PodmanService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One Podman service for all tests of this module, and the image that they use. */
public final class SharedPodman {
  private static final PodmanService SERVICE = launch();

  private SharedPodman() {}

  public static Path socket() {
    return SERVICE.socket();
  }

  private static PodmanService launch() {
    try {
      image();
      PodmanService service = PodmanService.start(Files.createTempDirectory("hotpod-agent-test"));
      Runtime.getRuntime().addShutdownHook(new Thread(service::close));
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void image() throws IOException, InterruptedException {
    Path script = Path.of("../scripts/busybox-image.sh").toAbsolutePath().normalize();
    Process process = new ProcessBuilder(script.toString(), Manifests.IMAGE).inheritIO().start();
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IllegalStateException(script + " failed");
    }
  }
}
