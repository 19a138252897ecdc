package io.hotpod.engine.resource;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What a type may look at when it decides. */
public interface DecisionContext {
  /** The project of the stack. */
  String project();

  /**
   * Properties of a resource that a plan foresees but that does not exist yet.
   *
   * @param referenceId as {@link ResourceType#predictReferenceId} gave it
   */
  Optional<ObjectNode> predicted(String referenceId);

  /** Decides about what exists. */
  static DecisionContext real(String project) {
    return new DecisionContext() {
      @Override
      public String project() {
        return project;
      }

      @Override
      public Optional<ObjectNode> predicted(String referenceId) {
        return Optional.empty();
      }
    };
  }
}
