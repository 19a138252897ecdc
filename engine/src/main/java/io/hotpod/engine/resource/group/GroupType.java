package io.hotpod.engine.resource.group;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.template.ResourceFacade;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A type whose resources are stacks of members, with a template that the type makes of the
 * properties. What it says here is pure; whoever carries it out asks again after each round what is
 * left to do, so a step that is repeated after a crash goes on where it was.
 */
public interface GroupType extends ResourceType {
  /**
   * What is to be remembered before anything is touched: which names are taken or gone for good.
   *
   * @param present with what was remembered before
   */
  default ObjectNode remember(GroupState present, ObjectNode properties) {
    return present.memory();
  }

  /** Whether the members can be told while these properties are not known. */
  default boolean isForeseeable(Set<String> unknown) {
    return unknown.isEmpty();
  }

  /**
   * The members as they should be in the end.
   *
   * @param present with what {@link #remember} gave
   * @param unknown names of properties that are not known yet; {@link #isForeseeable} allowed them.
   *     A definition refers to one as {@code {get_param: /NAME}}
   * @return definitions by name, in the order of the template
   */
  Map<String, JsonNode> target(
      GroupState present, ObjectNode properties, Set<String> unknown, ResourceFacade facade);

  /**
   * The members as the rounds from here to the end leave them, for a plan. A type differs from its
   * target here when its rounds put members in the place of others.
   *
   * @param present with what {@link #remember} gave
   * @param unknown as for {@link #target}
   */
  default Map<String, JsonNode> foreseen(
      GroupState present, ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    return target(present, properties, unknown, facade);
  }

  /**
   * The members that the rounds from here to the end make and take away again, for a plan: they are
   * there so that enough are left alone while the others are changed.
   *
   * @param present with what {@link #remember} gave
   */
  default Map<String, JsonNode> passing(
      GroupState present, ObjectNode properties, ResourceFacade facade) {
    return Map.of();
  }

  /**
   * The members of a group that is made of what is there already.
   *
   * @param present with the members that are there, and what was remembered with them
   */
  default Map<String, JsonNode> adopted(
      GroupState present, ObjectNode properties, ResourceFacade facade) {
    return target(present, properties, Set.of(), facade);
  }

  /**
   * The next round on the way to the target.
   *
   * @param present with what {@link #remember} gave
   * @return empty when what is left can be done at once
   */
  Optional<Round> next(GroupState present, ObjectNode properties, ResourceFacade facade);

  /**
   * How long all pauses take together, as can be told before the first round.
   *
   * @param present with what {@link #remember} gave
   */
  Duration pauses(GroupState present, ObjectNode properties, ResourceFacade facade);

  /** Why the members need another look although no property changed. */
  default Optional<String> drift(GroupState present, ObjectNode properties) {
    return Optional.empty();
  }

  /**
   * Where something in the template of the group came from.
   *
   * @param inside such as {@code resources, 0, properties, name}
   * @return the path in the properties
   */
  List<String> origin(List<String> inside);

  /**
   * What {@code get_attr} gives.
   *
   * @param path after the name of the attribute
   * @return empty while it is not known
   */
  Optional<JsonNode> attribute(MemberView members, String name, List<JsonNode> path);

  @Override
  default boolean reachesOutside() {
    return false;
  }

  @Override
  default boolean replaceWhenFailed() {
    return false;
  }

  @Override
  default Physical create(ResourceContext context) {
    throw new ResourceFailure("the template around this group is not known");
  }
}
