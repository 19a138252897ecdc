package io.hotpod.engine.resource;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import io.hotpod.template.ResourceFacade;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What has to be done about a resource that exists; the same for plans and for running them. */
public final class Decisions {
  private Decisions() {}

  /**
   * Decides.
   *
   * @param existing begun at least
   * @param type that it should have
   * @param after the properties that it should have, without the unknown ones
   * @param facade what else the template says of the resource
   */
  public static Decision decide(
      ResourceRecord existing,
      ResourceType type,
      DecisionContext context,
      ObjectNode after,
      Set<String> unknown,
      ResourceFacade facade) {
    if (!existing.implementation().equals(type.implementation())) {
      return replace(type, "type changed from " + existing.type());
    }
    if (existing.action() == Action.DELETE) {
      return replace(type, "it was being deleted");
    }
    if (existing.action() == Action.ADOPT
        && existing.status() == Status.FAILED
        && existing.nestedStackId().isEmpty()) {
      return replace(type, "it could not be taken in");
    }
    if (existing.isMarkedUnhealthy()) {
      return renewed(existing, type, context, after, unknown, facade);
    }
    if (existing.status() == Status.FAILED
        && existing.action() != Action.SNAPSHOT
        && type.replaceWhenFailed()) {
      return replace(type, "it is " + existing.combinedStatus());
    }
    if (type.replacedByEveryUpdate()) {
      return replace(type, "every update makes a new one");
    }
    Decision decision = type.decide(context, existing, after, unknown, facade);
    if (decision.kind() == Decision.Kind.UPDATE && isUnknown(existing, type)) {
      return replace(type, "it was begun with other properties and never finished");
    }
    if (decision.kind() == Decision.Kind.NONE && isOutOfUse(existing)) {
      return new Decision(
          Decision.Kind.RESUME, List.of("it is " + existing.combinedStatus()), type.runsPod());
    }
    if (decision.kind() == Decision.Kind.NONE && existing.status() != Status.COMPLETE) {
      // Failed, or begun and never finished: the same modification once more.
      return Decision.update(List.of("it is " + existing.combinedStatus()));
    }
    return decision;
  }

  /**
   * Whether what exists and an {@code external_id} of the template fit each other.
   *
   * @param existing begun at least
   * @throws ResourceFailure when they do not: such a resource cannot be changed into another
   */
  public static void requireSame(ResourceRecord existing, Optional<String> externalId) {
    boolean same =
        externalId.isPresent()
            ? existing.isExternal() && existing.physicalId().equals(externalId)
            : !existing.isExternal();
    if (!same) {
      throw new ResourceFailure(
          "NotSupported",
          "",
          "Update to property external_id of %s (%s) is not supported."
              .formatted(existing.name(), existing.type()));
    }
  }

  private static Decision renewed(
      ResourceRecord existing,
      ResourceType type,
      DecisionContext context,
      ObjectNode after,
      Set<String> unknown,
      ResourceFacade facade) {
    String reason = "it was marked unhealthy";
    boolean inPlace =
        type.renewedByUpdate()
            && type.decide(context, existing, after, unknown, facade).kind()
                != Decision.Kind.REPLACE;
    return inPlace
        ? new Decision(Decision.Kind.UPDATE, List.of(reason), type.runsPod())
        : replace(type, reason);
  }

  /**
   * Perhaps made, under a token that nobody would know any more if the same resource were begun
   * with another one.
   */
  private static boolean isUnknown(ResourceRecord existing, ResourceType type) {
    return existing.action() == Action.CREATE
        && existing.physicalId().isEmpty()
        && type.reachesOutside();
  }

  /** Left suspended, or half-way through what changes no properties. */
  private static boolean isOutOfUse(ResourceRecord existing) {
    return switch (existing.action()) {
      case SUSPEND -> existing.status() != Status.FAILED;
      case RESUME, CHECK -> existing.status() == Status.IN_PROGRESS;
      // A snapshot changes nothing, so one that failed left nothing behind either.
      case SNAPSHOT -> existing.status() != Status.COMPLETE;
      case INIT, CREATE, UPDATE, DELETE, ROLLBACK, RESTORE, ADOPT, SIGNAL -> false;
    };
  }

  private static Decision replace(ResourceType type, String reason) {
    return new Decision(Decision.Kind.REPLACE, List.of(reason), type.runsPod());
  }
}
