package io.hotpod.engine.resource.group;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A group whose members' names follow from how many there are. Of those that are too many the last
 * go first, and members change from the last to the first. Pure.
 *
 * @param creating whether it is being made, in batches that make all the members
 * @param present members that may stay
 * @param target how many there should be
 * @param names the names for so many members, in order
 * @param definition what a member of a name should be
 */
public record NamedGroup(
    boolean creating,
    List<Member> present,
    int target,
    IntFunction<List<String>> names,
    Function<String, JsonNode> definition) {
  public NamedGroup {
    present = List.copyOf(present);
    requireNonNull(names, "names is null");
    requireNonNull(definition, "definition is null");
  }

  /**
   * The next round of a change in batches.
   *
   * @return empty when no batches are wanted, or when what is left is the same for all members
   */
  public Optional<Round> next(Optional<Batches> batches) {
    Set<String> upToDate = upToDate();
    boolean changes = creating || upToDate.size() < present.size();
    return batches
        .filter(each -> changes)
        .flatMap(
            each ->
                each.next(target, present.size(), staying(upToDate))
                    .map(batch -> new Round(after(batch), each.pause())));
  }

  /** How long all pauses take together. */
  public Duration pauses(Optional<Batches> batches) {
    Set<String> upToDate = upToDate();
    boolean changes = creating || upToDate.size() < present.size();
    return batches
        .filter(each -> changes)
        .map(each -> each.pauses(target, present.size(), staying(upToDate)))
        .orElse(Duration.ZERO);
  }

  /** The members that the rounds make and take away again. */
  public Map<String, JsonNode> passing(Optional<Batches> batches) {
    Set<String> upToDate = upToDate();
    boolean changes = creating || upToDate.size() < present.size();
    int largest =
        batches
            .filter(each -> changes)
            .map(each -> each.largest(target, present.size(), staying(upToDate)))
            .orElse(target);
    Map<String, JsonNode> passing = new LinkedHashMap<>();
    names.apply(Math.max(largest, target)).stream()
        .skip(target)
        .forEach(name -> passing.put(name, definition.apply(name)));
    present.forEach(member -> passing.remove(member.name()));
    return passing;
  }

  private Set<String> upToDate() {
    return present.stream()
        .filter(member -> member.definition().equals(definition.apply(member.name())))
        .map(Member::name)
        .collect(Collectors.toSet());
  }

  private int staying(Set<String> upToDate) {
    return (int) names.apply(target).stream().filter(upToDate::contains).count();
  }

  private Map<String, JsonNode> after(Batches.Batch batch) {
    List<String> all = names.apply(Math.max(batch.capacity(), target));
    Map<String, Integer> places = new HashMap<>();
    names.apply(batch.capacity()).forEach(name -> places.put(name, places.size()));
    List<Member> order = new ArrayList<>(present);
    order.sort(Comparator.comparingInt(member -> priority(member, places, batch.capacity())));
    Set<String> taken = present.stream().map(Member::name).collect(Collectors.toSet());
    List<String> free =
        new ArrayList<>(all.stream().filter(name -> !taken.contains(name)).toList());
    Map<String, JsonNode> members = Succession.after(batch, order, free::removeFirst, definition);
    Map<String, JsonNode> sorted = new LinkedHashMap<>();
    all.forEach(
        name -> {
          if (members.containsKey(name)) {
            sorted.put(name, members.get(name));
          }
        });
    members.forEach(sorted::putIfAbsent);
    return sorted;
  }

  /** Small for those that go or change first. */
  private int priority(Member member, Map<String, Integer> places, int capacity) {
    Integer place = places.get(member.name());
    if (place == null) {
      return 0;
    }
    // What is there only for the time of the update is new already.
    return place < target ? target - place : capacity + target;
  }
}
