package io.hotpod.engine.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.StackSecrets;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.PodTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.pod.PodHistory;
import io.hotpod.pod.PodTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Makes events of what an instance tells of its pods. What is told again makes no second one: an
 * event's id is made of the instance, its journal and the number in it. Within one transaction.
 */
final class HistoryEvents {
  /** An agent keeps fewer than that. */
  private static final int MOST = 1000;

  private static final int LONGEST = 1000;

  /** A report travels for a moment, so what it says of a clock is no more exact than this. */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private final Handle handle;
  private final String instanceId;
  private final StackSecrets.Look secrets;
  private final Instant now;
  private final Duration ahead;
  private final Map<String, Optional<ResourceRecord>> resources = new HashMap<>();

  /**
   * @param secrets what of it is not to be told
   * @param ahead how far the instance's clock is ahead
   */
  HistoryEvents(
      Handle handle, String instanceId, StackSecrets.Look secrets, Instant now, Duration ahead) {
    this.handle = handle;
    this.instanceId = instanceId;
    this.secrets = secrets;
    this.now = now;
    this.ahead = ahead.abs().compareTo(TOLERANCE) > 0 ? ahead : Duration.ZERO;
  }

  /**
   * Writes what is new.
   *
   * @return the stacks that got events
   */
  Set<String> write(PodHistory history) {
    Set<String> stacks = new LinkedHashSet<>();
    history.transitions().stream()
        .limit(MOST)
        .forEach(
            transition ->
                resources
                    .computeIfAbsent(transition.podId(), this::resource)
                    .map(resource -> event(history.journal(), transition, resource))
                    .filter(event -> EventTable.insertOnce(handle, event))
                    .ifPresent(event -> stacks.add(event.stackId())));
    return stacks;
  }

  /** An instance can tell only of pods that are wanted on it. */
  private Optional<ResourceRecord> resource(String podId) {
    return PodTable.findDesired(handle, podId)
        .filter(desired -> desired.instanceId().equals(instanceId))
        .flatMap(desired -> ResourceTable.find(handle, podId));
  }

  private Event event(String journal, PodTransition transition, ResourceRecord resource) {
    String id = instanceId + "\n" + journal + "\n" + transition.number();
    return new Event(
        UUID.nameUUIDFromBytes(id.getBytes(UTF_8)).toString(),
        0,
        resource.stackId(),
        time(transition),
        resource.name(),
        resource.type(),
        resource.physicalId().orElse(""),
        Action.SIGNAL,
        transition.trouble() ? Status.FAILED : Status.COMPLETE,
        words(transition, secrets.ofStack(handle, resource.stackId())),
        Optional.of(resource.id()));
  }

  /** By the server's clock, and never later than now. */
  private Instant time(PodTransition transition) {
    Instant time = transition.time().minus(ahead);
    return time.isAfter(now) ? now : time;
  }

  private static String words(PodTransition transition, Redaction hidden) {
    String words = hidden.apply(transition.words());
    String shortened = words.length() <= LONGEST ? words : words.substring(0, LONGEST);
    return transition.omitted() == 0
        ? shortened
        : shortened + " (" + transition.omitted() + " earlier changes were not kept)";
  }
}
