package io.hotpod.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The file of deployments on a machine as os-collect-config keeps it, which asks Heat again and
 * again and has os-apply-config write the list when it is another one.
 */
final class LocalDeployments implements AutoCloseable {
  private static final long BETWEEN_LOOKS_MILLIS = 250;

  private final StockHeat heat;
  private final HeatMachine machine;
  private final Path file;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param file as in {@code /var/run/heat-config/heat-config}
   */
  LocalDeployments(StockHeat heat, HeatMachine machine, Path file) {
    this.heat = heat;
    this.machine = machine;
    this.file = file;
    Thread.ofVirtual().name("os-collect-config").start(this::run);
  }

  private void run() {
    try {
      JsonNode last = MissingNode.getInstance();
      do {
        JsonNode list = heat.metadata(machine.stack(), "server").path("deployments");
        if (!list.equals(last)) {
          write(list);
          last = list;
        }
      } while (!closed.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A file beside it, renamed to it. */
  private void write(JsonNode list) {
    try {
      Path beside = Files.createTempFile(file.resolveSibling(""), "tmp", "");
      Files.writeString(beside, list.toString());
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
