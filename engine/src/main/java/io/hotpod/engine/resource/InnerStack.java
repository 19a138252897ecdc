package io.hotpod.engine.resource;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.stack.StackDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The stack that a resource is made of, as its properties make it.
 *
 * @param definition its id means nothing before it is stored
 * @param unknown names of parameters whose values are not known yet; the definition lacks them
 * @param origin where something in the template came from, as a path in the properties; empty for a
 *     template that somebody wrote
 * @param passing the same with nothing but what is made and taken away again on the way there;
 *     empty when nothing is, or when it cannot be told
 */
public record InnerStack(
    StackDefinition definition,
    Set<String> unknown,
    Optional<Function<List<String>, List<String>>> origin,
    Optional<StackDefinition> passing) {
  public InnerStack {
    requireNonNull(definition, "definition is null");
    unknown = Set.copyOf(unknown);
    requireNonNull(origin, "origin is null");
    requireNonNull(passing, "passing is null");
  }

  /** A stack of a template that somebody wrote. */
  public InnerStack(StackDefinition definition, Set<String> unknown) {
    this(definition, unknown, Optional.empty(), Optional.empty());
  }
}
