package io.hotpod.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is outside of the engine and outlives its processes: things that resources stand for. It
 * notes whatever no engine may do. Thread-safe.
 */
final class OutsideWorld {
  private final Map<String, Thing> things = new LinkedHashMap<>();
  private final Map<Call, Integer> calls = new LinkedHashMap<>();
  private final Map<Call, Integer> deathsBefore = new LinkedHashMap<>();
  private final Set<Waiting> waiting = new LinkedHashSet<>();
  private final Set<String> released = new LinkedHashSet<>();
  private final List<String> violations = new ArrayList<>();
  private int deaths;
  private int made;
  private int stumble;
  private int repetitions;
  private int refuse;

  /** Something that was made. */
  record Thing(
      String id, String owner, String token, String value, Set<String> needs, boolean suspended) {}

  /** One step's modification. */
  record Call(String operationId, String resourceId, String action, String token) {}

  /** A step that waits until it is let go on. */
  record Waiting(String stackId, String resource, String token) {}

  synchronized void processDied() {
    deaths++;
    waiting.clear();
  }

  /** Nothing could be written down for a while, so what was done meanwhile is done once more. */
  synchronized void forgot() {
    repetitions = 1;
  }

  /** Notes that a step does something; more than once only if a process died in between. */
  synchronized void called(Call call) {
    int first = deathsBefore.computeIfAbsent(call, key -> deaths);
    int times = calls.merge(call, 1, Integer::sum);
    if (times > 1 + deaths - first + repetitions) {
      violations.add(
          "done %d times with %d deaths in between: %s".formatted(times, deaths - first, call));
    }
  }

  /**
   * Lets one that brings a thing back into use fail.
   *
   * @param at counts them from now, from 1; 0 lets none fail
   */
  synchronized void stumbleAt(int at) {
    stumble = at;
  }

  synchronized boolean stumbles() {
    return stumble > 0 && --stumble == 0;
  }

  /**
   * Lets one call be refused.
   *
   * @param at counts them from now, from 1; 0 lets none be refused
   */
  synchronized void refuseAt(int at) {
    refuse = at;
  }

  synchronized boolean refuses() {
    return refuse > 0 && --refuse == 0;
  }

  synchronized Optional<Thing> find(String id) {
    return Optional.ofNullable(things.get(id));
  }

  synchronized Optional<Thing> byToken(String token) {
    return things.values().stream().filter(each -> each.token().equals(token)).findFirst();
  }

  synchronized String newId() {
    return "thing-" + ++made;
  }

  /** Makes a thing, or changes the one of that id. */
  synchronized void put(Thing thing) {
    for (String need : thing.needs()) {
      if (!things.containsKey(need)) {
        violations.add(thing.owner() + " was begun before " + need + " was there");
      }
    }
    things.put(thing.id(), thing);
  }

  synchronized void remove(String id) {
    things.values().stream()
        .filter(each -> each.needs().contains(id) && !each.id().equals(id))
        .forEach(each -> violations.add(id + " was removed while " + each + " needs it"));
    things.remove(id);
  }

  synchronized List<Thing> things() {
    return List.copyOf(things.values());
  }

  synchronized boolean isReleased(Waiting step) {
    boolean free = released.contains(step.token());
    if (free) {
      waiting.remove(step);
    } else {
      waiting.add(step);
    }
    return free;
  }

  /** Lets all steps go on that wait now. */
  synchronized void release() {
    waiting.forEach(each -> released.add(each.token()));
    waiting.clear();
  }

  synchronized boolean anybodyWaits() {
    return !waiting.isEmpty();
  }

  synchronized void left(Waiting step) {
    waiting.remove(step);
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }
}
