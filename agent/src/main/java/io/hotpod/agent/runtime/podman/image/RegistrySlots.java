package io.hotpod.agent.runtime.podman.image;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * How many images are pulled at once: so many from each registry, so that one that hangs holds up
 * nobody but itself. Thread-safe.
 */
final class RegistrySlots {
  private static final int OF_ONE_REGISTRY = 3;

  private final Map<String, Semaphore> slots = new ConcurrentHashMap<>();

  /** To be acquired for a pull of this image. */
  Semaphore of(String image) {
    String full = ImageNames.full(image);
    return slots.computeIfAbsent(
        full.substring(0, full.indexOf('/')), registry -> new Semaphore(OF_ONE_REGISTRY));
  }
}
