package io.hotpod.engine.resource;

import io.hotpod.template.environment.RestrictedAction;
import java.util.Optional;
import java.util.Set;

/**
 * The resource types as the template of one stack may name them: those that the server implements,
 * templates, and whatever its environment maps onto either. Thread-safe.
 */
public interface StackTypes {
  /**
   * What a type stands for.
   *
   * @param resource name of the resource that has the type; an environment may map the types of
   *     some resources only
   * @throws io.hotpod.document.DocumentException when it stands for a template that is not there or
   *     is refused
   */
  Optional<ResourceType> find(String type, String resource);

  /**
   * A type that is known to be there, because the template was validated.
   *
   * @throws IllegalStateException when it is not
   */
  default ResourceType get(String type, String resource) {
    return find(type, resource)
        .orElseThrow(() -> new IllegalStateException("there is no resource type " + type));
  }

  /** What works on a resource that exists, whatever its type stands for today. */
  ResourceType of(ResourceRecord resource);

  /** The name that was probably meant. */
  Optional<String> nearest(String type);

  /** What an update may not do to a resource. */
  Set<RestrictedAction> restrictedActions(String resource);
}
