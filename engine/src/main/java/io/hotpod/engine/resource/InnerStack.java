package io.hotpod.engine.resource;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.stack.StackDefinition;
import java.util.Set;

/**
 * The stack that a resource is made of, as its properties make it.
 *
 * @param definition its id means nothing before it is stored
 * @param unknown names of parameters whose values are not known yet; the definition lacks them
 */
public record InnerStack(StackDefinition definition, Set<String> unknown) {
  public InnerStack {
    requireNonNull(definition, "definition is null");
    unknown = Set.copyOf(unknown);
  }
}
