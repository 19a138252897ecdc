package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.state.AtomicFile;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * What survives the agent: one small file per pod. Losing it costs the counts, and a pod that ended
 * is run again once Podman lost it too, so a file that cannot be read or written is only logged.
 * Thread-safe.
 */
final class PodMemory {
  private static final Logger LOG = LoggerFactory.getLogger(PodMemory.class);

  /** The form on disk. */
  record Content(
      Map<String, ContainerRecord> containers,
      Optional<PodEnd> end,
      Optional<StartNote> started,
      Optional<PodResult> result) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Path file;
  private final Map<String, ContainerRecord> records = new TreeMap<>();
  private volatile Optional<PodEnd> end = Optional.empty();
  private volatile Optional<StartNote> started = Optional.empty();
  private volatile Optional<PodResult> result = Optional.empty();

  PodMemory(Path file) {
    this.file = file;
    try {
      Optional<byte[]> bytes = AtomicFile.read(file);
      if (bytes.isPresent()) {
        Content content = PodJson.read(bytes.get(), Content.class);
        records.putAll(content.containers());
        end = content.end();
        started = content.started();
        result = content.result();
      }
    } catch (IOException | JacksonException e) {
      LOG.warn("{} cannot be read, so restart counts begin anew: {}", file, e.getMessage());
    }
  }

  ContainerRecord of(String container) {
    lock.lock();
    try {
      return records.getOrDefault(container, ContainerRecord.NONE);
    } finally {
      lock.unlock();
    }
  }

  void put(String container, ContainerRecord record) {
    lock.lock();
    try {
      if (!record.equals(records.put(container, record))) {
        write();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Why the pod was ended for good; empty for one that may run. */
  Optional<PodEnd> end() {
    return end;
  }

  /** The pod is ended for good, and stays so over restarts of the agent. */
  void end(PodEnd now) {
    lock.lock();
    try {
      end = Optional.of(now);
      write();
    } finally {
      lock.unlock();
    }
  }

  /** When it started, by a clock that nobody sets; empty when that was not noted. */
  Optional<StartNote> started() {
    return started;
  }

  void started(StartNote note) {
    lock.lock();
    try {
      started = Optional.of(note);
      write();
    } finally {
      lock.unlock();
    }
  }

  /** How the pod came to its end by itself; empty while it has not. */
  Optional<PodResult> result() {
    return result;
  }

  /** All its containers are over for good, and it is not run again. */
  void result(PodResult now) {
    lock.lock();
    try {
      result = Optional.of(now);
      write();
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    try {
      AtomicFile.write(file, PodJson.writeBytes(new Content(records, end, started, result)));
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", file, e.getMessage());
    }
  }

  void forget() {
    lock.lock();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", file, e.getMessage());
    } finally {
      lock.unlock();
    }
  }
}
