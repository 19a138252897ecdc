package io.hotpod.engine.resource;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import io.hotpod.template.ResourceFacade;
import java.util.List;
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
    if (existing.status() == Status.FAILED && type.replaceWhenFailed()) {
      return replace(type, "it is " + existing.combinedStatus());
    }
    if (type.replacedByEveryUpdate()) {
      return replace(type, "every update makes a new one");
    }
    Decision decision = type.decide(context, existing, after, unknown, facade);
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

  /** Left suspended, or half-way through what changes no properties. */
  private static boolean isOutOfUse(ResourceRecord existing) {
    return switch (existing.action()) {
      case SUSPEND -> existing.status() != Status.FAILED;
      case RESUME, CHECK -> existing.status() == Status.IN_PROGRESS;
      case INIT, CREATE, UPDATE, DELETE, ROLLBACK, SIGNAL -> false;
    };
  }

  private static Decision replace(ResourceType type, String reason) {
    return new Decision(Decision.Kind.REPLACE, List.of(reason), type.runsPod());
  }
}
