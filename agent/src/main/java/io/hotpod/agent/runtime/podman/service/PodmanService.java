package io.hotpod.agent.runtime.podman.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.state.AtomicFile;
import io.hotpod.agent.state.SecretDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Podman's API service as a child process, over the user's own storage. It is started again when it
 * dies, and ended on close; pods go on without it.
 */
public final class PodmanService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodmanService.class);
  private static final String LOG_FILE = "podman-service.log";
  private static final int ROOM = 16 << 10;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration STOOD = Duration.ofSeconds(10);
  private static final Duration END = Duration.ofSeconds(5);

  /** A unix socket's path has room for 107 bytes. */
  private static final int LONGEST_SOCKET = 100;

  private final Path directory;
  private final Path socket;
  private final Map<String, String> environment;
  private final ReentrantLock lock = new ReentrantLock();
  private final Thread watcher;
  private Process process;
  private boolean closed;

  private PodmanService(Path directory, Path socket, Map<String, String> environment)
      throws IOException {
    this.directory = directory;
    this.socket = socket;
    this.environment = environment;
    this.process = launch();
    watcher = Thread.ofVirtual().name("podman-service").unstarted(this::watch);
  }

  /**
   * Starts the service. It need not answer yet when this returns.
   *
   * @param wanted for socket, log and generated configuration; made where it is missing. Where
   *     nothing can be written to it, memory takes its place: pods are to come back on a machine
   *     whose disk is full as well.
   * @throws IOException when Podman is not installed, saying what to install
   */
  public static PodmanService start(Path wanted) throws IOException {
    return start(wanted, Map.of());
  }

  /**
   * The same with variables that the service has beside those of this process, such as {@code
   * CONTAINERS_REGISTRIES_CONF}.
   */
  public static PodmanService start(Path wanted, Map<String, String> variables) throws IOException {
    Path directory = writable(wanted);
    Path socket = directory.resolve("podman.sock").toAbsolutePath();
    if (socket.toString().getBytes(UTF_8).length > LONGEST_SOCKET) {
      socket = Files.createTempDirectory("hotpod-podman").resolve("podman.sock");
    }
    Map<String, String> environment = new TreeMap<>();
    PodmanConfiguration.write(directory)
        .ifPresent(file -> environment.put("CONTAINERS_CONF", file.toAbsolutePath().toString()));
    environment.putAll(variables);
    PodmanService service = new PodmanService(directory, socket, Map.copyOf(environment));
    service.watcher.start();
    return service;
  }

  private static Path writable(Path wanted) throws IOException {
    try {
      AtomicFile.makeDirectories(wanted);
      Path probe = wanted.resolve("room");
      AtomicFile.write(probe, new byte[ROOM]);
      Files.deleteIfExists(probe);
      return wanted;
    } catch (IOException e) {
      Path memory =
          Files.createTempDirectory(
              SecretDirectory.memory().orElse(Path.of(System.getProperty("java.io.tmpdir"))),
              "hotpod-podman");
      LOG.warn(
          "{} cannot be written ({}), so Podman's service is kept in {}",
          wanted,
          e.getMessage(),
          memory);
      return memory;
    }
  }

  /** Where the service listens. */
  public Path socket() {
    return socket;
  }

  private Process launch() throws IOException {
    ServiceRecord record = new ServiceRecord(directory.resolve("podman-service.json"));
    record.endLeftBehind();
    Files.deleteIfExists(socket);
    Path log = directory.resolve(LOG_FILE);
    AtomicFile.write(log, new byte[0]);
    ProcessBuilder builder =
        new ProcessBuilder("podman", "system", "service", "--time", "0", "unix://" + socket)
            // conmon leaves a file where it was started when a container runs out of memory.
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process started = start(builder);
    record.write(started.toHandle());
    return started;
  }

  private static Process start(ProcessBuilder builder) throws IOException {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IOException(
          "podman cannot be started: "
              + e.getMessage()
              + "; on Debian: apt-get install --no-install-recommends podman runc"
              + " containernetworking-plugins netavark aardvark-dns catatonit",
          e);
    }
  }

  private void watch() {
    Duration pause = FIRST_PAUSE;
    try {
      for (; ; ) {
        long began = System.nanoTime();
        int exitCode = current().waitFor();
        if (isClosed()) {
          return;
        }
        boolean stood = System.nanoTime() - began > STOOD.toNanos();
        pause = stood ? FIRST_PAUSE : pause;
        LOG.warn(
            "Podman's service ended with exit code {} (see {}); starting it again",
            exitCode,
            directory.resolve(LOG_FILE));
        Thread.sleep(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        restart();
      }
    } catch (InterruptedException e) {
      LOG.debug("Podman's service is watched no longer");
    }
  }

  private void restart() {
    lock.lock();
    try {
      if (!closed) {
        process = launch();
      }
    } catch (IOException e) {
      LOG.warn("{}", e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private Process current() {
    lock.lock();
    try {
      return process;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** The process's id, for those who measure or test. */
  public long pid() {
    return current().pid();
  }

  /** Ends the service. The pods go on. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    Process last = current();
    last.destroy();
    try {
      if (!last.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        last.destroyForcibly();
      }
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.debug("{} stays: {}", socket, e.getMessage());
    } catch (InterruptedException e) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    watcher.interrupt();
  }
}
