package io.hotpod.agent.source.heat;

import io.hotpod.agent.state.AtomicFile;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** The signals of this machine, on its disk before they are sent. Thread-safe. */
final class SignalLedger {
  private static final Logger LOG = LoggerFactory.getLogger(SignalLedger.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Path file;
  private Map<String, SignalRecord> records = new LinkedHashMap<>();

  /**
   * Takes up what an earlier run left.
   *
   * @throws IOException when the file is there and cannot be read
   */
  SignalLedger(Path file) throws IOException {
    this.file = file;
    try {
      SignalRecord[] read =
          AtomicFile.read(file)
              .map(content -> PodJson.read(content, SignalRecord[].class))
              .orElseGet(() -> new SignalRecord[0]);
      for (SignalRecord each : read) {
        records.put(each.configId(), each);
      }
    } catch (JacksonException | NullPointerException e) {
      LOG.error("{} cannot be understood: deployments are signalled once more", file);
    }
  }

  /** Whether something was decided about a derived config. */
  boolean has(String configId) {
    lock.lock();
    try {
      return records.containsKey(configId);
    } finally {
      lock.unlock();
    }
  }

  /** Those that Heat has yet to be told. */
  List<SignalRecord> pending() {
    lock.lock();
    try {
      return records.values().stream().filter(each -> !each.delivered()).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Adds a signal, or replaces the one of its config; returns once it is on the disk. */
  void put(SignalRecord signal) throws IOException {
    lock.lock();
    try {
      Map<String, SignalRecord> next = new LinkedHashMap<>(records);
      next.put(signal.configId(), signal);
      save(next);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all but the configs that Heat still has. */
  void keepOnly(Set<String> configIds) throws IOException {
    lock.lock();
    try {
      if (!configIds.containsAll(records.keySet())) {
        Map<String, SignalRecord> next = new LinkedHashMap<>(records);
        next.keySet().retainAll(configIds);
        save(next);
      }
    } finally {
      lock.unlock();
    }
  }

  private void save(Map<String, SignalRecord> next) throws IOException {
    AtomicFile.write(file, PodJson.writeBytes(List.copyOf(next.values())));
    records = next;
  }
}
