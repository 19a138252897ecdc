package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.libpod.Uptime;
import java.time.Instant;

/**
 * When a pod started, by a clock that nobody sets.
 *
 * @param start which one it is about, as Podman tells it
 * @param boot of the machine, by its id
 * @param uptimeMillis for how long the machine had run since that boot; less than 0 when nobody can
 *     know
 */
record StartNote(Instant start, String boot, long uptimeMillis) {
  /** Whether it tells about that start and still holds. */
  boolean isOf(Instant started, Uptime now) {
    return start.equals(started) && boot.equals(now.boot());
  }
}
