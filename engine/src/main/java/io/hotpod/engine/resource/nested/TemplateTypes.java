package io.hotpod.engine.resource.nested;

import io.hotpod.engine.resource.ResourceTypes;
import io.hotpod.engine.resource.StackTypes;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.engine.store.Database;
import io.hotpod.template.environment.Environment;
import java.util.Map;

/** Makes the types of each stack: those of the server with its environment on top. Thread-safe. */
public final class TemplateTypes {
  private final ResourceTypes implemented;
  private final Definitions definitions;
  private final InnerStacks innerStacks;
  private final StackTypes existing;

  public TemplateTypes(ResourceTypes implemented, Definitions definitions, Database database) {
    this.implemented = implemented;
    this.definitions = definitions;
    this.innerStacks = new InnerStacks(database, definitions, this);
    this.existing = of(new StackDefinition("", "template", "", Map.of(), Environment.EMPTY));
  }

  InnerStacks innerStacks() {
    return innerStacks;
  }

  /** The types that the template of a definition may name. */
  public StackTypes of(StackDefinition definition) {
    return new DefinedTypes(implemented, definitions, innerStacks, definition);
  }

  /** The types as far as they work on what exists, where no template is at hand. */
  public StackTypes existing() {
    return existing;
  }
}
