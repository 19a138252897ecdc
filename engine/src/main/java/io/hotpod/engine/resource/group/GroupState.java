package io.hotpod.engine.resource.group;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What there is of a group. Not to be changed.
 *
 * @param members in the order of the template that was applied last
 * @param memory what {@link GroupType#remember} gave last; empty for a new group
 * @param named reference id of a member to its name
 * @param creating whether the group is being created
 */
public record GroupState(
    List<Member> members,
    ObjectNode memory,
    Function<String, Optional<String>> named,
    boolean creating) {
  /** Of a group that does not exist. */
  public static final GroupState NOTHING =
      new GroupState(
          List.of(), JsonNodeFactory.instance.objectNode(), reference -> Optional.empty(), true);

  public GroupState {
    members = List.copyOf(members);
    requireNonNull(memory, "memory is null");
    requireNonNull(named, "named is null");
  }

  /** The names of the members. */
  public Set<String> names() {
    return members.stream().map(Member::name).collect(Collectors.toSet());
  }

  /** The same, remembering something else. */
  public GroupState remembering(ObjectNode newMemory) {
    return new GroupState(members, newMemory, named, creating);
  }
}
