package io.hotpod.agent.report;

import static java.util.Objects.requireNonNull;

import io.hotpod.agent.state.AtomicFile;
import io.hotpod.pod.PodHistory;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodTransition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Keeps on disk what happened to pods until it was told. It holds {@link #MOST} transitions; of
 * more than that, the oldest of the pod with the most goes first, so that a pod that fails again
 * and again does not crowd out what happened to others. Thread-safe.
 */
final class Journal {
  static final int MOST = 500;

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int LONGEST = 500;
  private static final int NAME_BYTES = 8;

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();
  private Content content;
  private boolean failing;

  /**
   * What is in the file.
   *
   * @param next number of the next transition
   */
  record Content(String name, long next, List<PodTransition> transitions, List<Noted> notes) {
    Content {
      requireNonNull(name, "name is null");
      transitions = List.copyOf(transitions);
      notes = List.copyOf(notes);
    }
  }

  Journal(Path file, RandomGenerator random) {
    this.file = file;
    content = read(file).orElseGet(() -> new Content(name(random), 1, List.of(), List.of()));
  }

  private static Optional<Content> read(Path file) {
    try {
      return AtomicFile.read(file).map(bytes -> PodJson.read(bytes, Content.class));
    } catch (IOException | JacksonException | NullPointerException e) {
      LOG.warn("{} cannot be understood and is begun anew: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  private static String name(RandomGenerator random) {
    byte[] bytes = new byte[NAME_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  List<Noted> notes() {
    lock.lock();
    try {
      return content.notes();
    } finally {
      lock.unlock();
    }
  }

  /** What was not told yet; empty when that is nothing. */
  Optional<PodHistory> untold() {
    lock.lock();
    try {
      return content.transitions().isEmpty()
          ? Optional.empty()
          : Optional.of(new PodHistory(content.name(), content.transitions()));
    } finally {
      lock.unlock();
    }
  }

  /** Takes in what happened; it is on the disk when this returns, if the disk takes it. */
  void add(Happened happened, Instant time) {
    lock.lock();
    try {
      List<PodTransition> transitions = new ArrayList<>(content.transitions());
      long next = content.next();
      for (Happened.Happening each : happened.happenings()) {
        transitions.add(
            new PodTransition(
                next++, time, each.podId(), each.trouble(), shortened(each.words()), 0));
        if (transitions.size() > MOST) {
          drop(transitions);
        }
      }
      keep(new Content(content.name(), next, transitions, happened.notes()));
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of what arrived. */
  void told(PodHistory history) {
    lock.lock();
    try {
      if (!history.journal().equals(content.name()) || history.transitions().isEmpty()) {
        return;
      }
      long last = history.transitions().getLast().number();
      keep(
          new Content(
              content.name(),
              content.next(),
              content.transitions().stream().filter(each -> each.number() > last).toList(),
              content.notes()));
    } finally {
      lock.unlock();
    }
  }

  private void keep(Content now) {
    if (now.equals(content)) {
      return;
    }
    content = now;
    try {
      AtomicFile.write(file, PodJson.writeBytes(now));
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        LOG.warn(
            "{} cannot be written: {}; what happens to pods is kept in memory until it can",
            file,
            e.getMessage());
      }
    }
  }

  private static void drop(List<PodTransition> transitions) {
    Map<String, Integer> counts = new HashMap<>();
    transitions.forEach(each -> counts.merge(each.podId(), 1, Integer::sum));
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    for (int index = 0; index < transitions.size(); index++) {
      PodTransition oldest = transitions.get(index);
      if (counts.getOrDefault(oldest.podId(), 0) == most) {
        transitions.remove(index);
        tellOf(oldest, transitions);
        return;
      }
    }
  }

  /** The next one of the same pod says that something is missing before it. */
  private static void tellOf(PodTransition dropped, List<PodTransition> transitions) {
    for (int index = 0; index < transitions.size(); index++) {
      PodTransition each = transitions.get(index);
      if (each.podId().equals(dropped.podId())) {
        transitions.set(
            index,
            new PodTransition(
                each.number(),
                each.time(),
                each.podId(),
                each.trouble(),
                each.words(),
                each.omitted() + dropped.omitted() + 1));
        return;
      }
    }
    LOG.warn("too much happened: that pod {} had trouble is forgotten", dropped.podId());
  }

  private static String shortened(String words) {
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 3) + "...";
  }
}
