package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.Wakeup;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Wakes whoever watches a container or pod when Podman says that something happened to it. */
final class Exits {
  private final Map<String, Wakeup> watched = new ConcurrentHashMap<>();

  void watch(String id, Wakeup wakeup) {
    watched.put(id, wakeup);
  }

  void forget(String id) {
    watched.remove(id);
  }

  void happened(String id) {
    Wakeup wakeup = watched.get(id);
    if (wakeup != null) {
      wakeup.signal();
    }
  }

  /** Whoever watches one that is not among these looks again. */
  void onlyRunning(Set<String> ids) {
    watched.forEach(
        (id, wakeup) -> {
          if (!ids.contains(id)) {
            wakeup.signal();
          }
        });
  }

  /** Events may have been missed: everyone looks again. */
  void everyone() {
    watched.values().forEach(Wakeup::signal);
  }
}
