package io.hotpod.agent.runtime.podman.service;

import io.hotpod.agent.state.AtomicFile;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Which process the service is, so that the next agent can end one whose agent was killed: nobody
 * would ever use it again. One thread.
 */
final class ServiceRecord {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceRecord.class);
  private static final Duration END = Duration.ofSeconds(2);
  private static final Duration BETWEEN = Duration.ofMillis(5);

  /** Of the fields after the name. */
  private static final int STATE = 0;

  private static final int STARTED = 19;

  private final Path file;

  ServiceRecord(Path file) {
    this.file = file;
  }

  /**
   * A process.
   *
   * @param ticks from the machine's start to its own, which tell it from a later process that was
   *     given the same number, whatever time the machine takes it to be
   */
  private record Entry(long pid, Optional<Long> ticks) {}

  void write(ProcessHandle service) throws IOException {
    Entry entry = new Entry(service.pid(), ticks(service.pid()));
    AtomicFile.write(file, PodJson.writeBytes(entry));
  }

  /** Ends the recorded process where it still runs; pods go on without it. */
  void endLeftBehind() throws IOException {
    Optional<ProcessHandle> found = read().flatMap(ServiceRecord::find);
    if (found.isEmpty()) {
      return;
    }
    ProcessHandle service = found.get();
    LOG.info("ending Podman's service {}, whose agent is gone", service.pid());
    service.destroy();
    if (!ends(service.pid())) {
      service.destroyForcibly();
    }
  }

  /**
   * Waits for the end of a process that is not a child of this one. Nothing wakes who waits for
   * that: {@link ProcessHandle#onExit()} looks after 300 ms for the first time and ever more
   * seldom, and takes a process that nobody has reaped for one that runs. Pods wait for it
   * meanwhile.
   */
  private static boolean ends(long pid) {
    long begin = System.nanoTime();
    try {
      while (ticks(pid).isPresent()) {
        if (System.nanoTime() - begin > END.toNanos()) {
          return false;
        }
        Thread.sleep(BETWEEN);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Optional<Entry> read() throws IOException {
    try {
      return AtomicFile.read(file).map(content -> PodJson.read(content, Entry.class));
    } catch (JacksonException e) {
      LOG.debug("{} cannot be understood: {}", file, e.getOriginalMessage());
      return Optional.empty();
    }
  }

  private static Optional<ProcessHandle> find(Entry entry) {
    return ProcessHandle.of(entry.pid())
        .filter(ProcessHandle::isAlive)
        .filter(handle -> isThe(entry, handle.info()));
  }

  private static boolean isThe(Entry entry, ProcessHandle.Info info) {
    return entry.ticks().isPresent()
        && entry.ticks().equals(ticks(entry.pid()))
        && info.command().map(path -> path.endsWith("podman")).orElse(false);
  }

  /**
   * By proc(5), the 22nd field; the second, a name in brackets, may have spaces in it. Empty also
   * for a process that has ended and that its parent has not yet asked about.
   */
  private static Optional<Long> ticks(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return fields[STATE].equals("Z")
          ? Optional.empty()
          : Optional.of(Long.parseLong(fields[STARTED]));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
