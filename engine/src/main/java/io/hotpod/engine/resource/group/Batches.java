package io.hotpod.engine.resource.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How a group is changed in batches, by Heat's rules. Pure.
 *
 * @param size how many members change at once
 * @param minInService how many are left alone meanwhile, with more members than wanted if need be
 * @param pause between two batches
 */
public record Batches(int size, int minInService, Duration pause) {
  public Batches {
    if (size < 1 || minInService < 0) {
      throw new IllegalArgumentException("a batch has members: " + size + ", " + minInService);
    }
  }

  /**
   * Reads a policy that a schema has read before.
   *
   * @param policy with {@code max_batch_size}, {@code pause_time} and perhaps {@code
   *     min_in_service}
   */
  public static Batches of(JsonNode policy) {
    return new Batches(
        policy.path("max_batch_size").asInt(1),
        policy.path("min_in_service").asInt(0),
        Duration.ofMillis(Math.round(policy.path("pause_time").asDouble(0) * 1000)));
  }

  /**
   * One batch.
   *
   * @param capacity how many members there are after it
   * @param renewed how many of them may get the new definition in it, made or changed
   */
  public record Batch(int capacity, int renewed) {}

  /**
   * The next batch.
   *
   * @param target how many members there should be
   * @param current how many there are
   * @param upToDate how many of those that stay have the new definition
   * @return empty when all is done
   */
  public Optional<Batch> next(int target, int current, int upToDate) {
    if (upToDate >= current && current == target) {
      return Optional.empty();
    }
    int serving = Math.min(minInService, Math.min(target, current));
    int batch = Math.min(size, Math.max(target - upToDate, 0));
    int capacity = batch + Math.max(Math.min(current, target - batch), serving);
    return Optional.of(new Batch(capacity, batch));
  }

  /** How long the pauses take together from there. */
  public Duration pauses(int target, int current, int upToDate) {
    return pause.isZero()
        ? Duration.ZERO
        : pause.multipliedBy(Math.max(capacities(target, current, upToDate).size() - 1, 0));
  }

  /** The most members that there are after any of the batches from there. */
  public int largest(int target, int current, int upToDate) {
    return capacities(target, current, upToDate).stream().reduce(current, Math::max);
  }

  /** How many members there are after each of the batches from there. */
  private List<Integer> capacities(int target, int current, int upToDate) {
    List<Integer> capacities = new ArrayList<>();
    int capacity = current;
    int done = upToDate;
    Optional<Batch> batch = next(target, capacity, done);
    while (batch.isPresent()) {
      int reached = batch.orElseThrow().capacity();
      capacities.add(reached);
      done += batch.orElseThrow().renewed() - Math.max(reached - Math.max(capacity, target), 0);
      capacity = reached;
      batch = next(target, capacity, done);
    }
    return capacities;
  }
}
