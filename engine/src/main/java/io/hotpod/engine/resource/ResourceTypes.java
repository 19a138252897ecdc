package io.hotpod.engine.resource;

import io.hotpod.document.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The resource types that templates can use, by name. Immutable. */
public final class ResourceTypes {
  private final Map<String, ResourceType> types = new TreeMap<>();

  public ResourceTypes(Collection<ResourceType> types) {
    types.forEach(type -> this.types.put(type.schema().type(), type));
  }

  public Optional<ResourceType> find(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /**
   * A type that is known to be there, because the template was validated.
   *
   * @throws IllegalStateException when it is not
   */
  public ResourceType get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalStateException("there is no resource type " + name));
  }

  /** The name that was probably meant. */
  public Optional<String> nearest(String name) {
    return Suggestions.nearest(name, types.keySet());
  }

  /** In alphabetical order. */
  public List<String> names() {
    return List.copyOf(types.keySet());
  }
}
