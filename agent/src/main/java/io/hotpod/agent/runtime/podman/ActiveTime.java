package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.libpod.Uptime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * For how long a pod has been active, whatever the machine's clock is set to meanwhile. The start
 * is noted by how long the machine had run then, so that another agent goes on from there. The
 * clock is asked only about a start that nobody noted, once. Used by one thread.
 */
final class ActiveTime {
  private final PodMemory memory;
  private Optional<StartNote> note = Optional.empty();

  /**
   * @param memory keeps the note
   */
  ActiveTime(PodMemory memory) {
    this.memory = memory;
  }

  /**
   * @param start of the pod, on the machine's clock
   * @param now on the machine's clock
   * @param uptime of the machine, now
   */
  Duration at(Optional<Instant> start, Instant now, Uptime uptime) {
    if (start.isEmpty()) {
      return Duration.ZERO;
    }
    Optional<StartNote> known = note.or(memory::started).filter(it -> it.isOf(start.get(), uptime));
    if (known.isEmpty()) {
      Duration passed = Duration.between(start.get(), now);
      Duration before = passed.isNegative() ? Duration.ZERO : passed;
      known =
          Optional.of(
              new StartNote(start.get(), uptime.boot(), uptime.time().minus(before).toMillis()));
      memory.started(known.get());
    }
    note = known;
    return uptime.time().minusMillis(known.get().uptimeMillis());
  }
}
