package io.hotpod.engine.resource.nested;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceTypes;
import io.hotpod.engine.resource.StackState;
import io.hotpod.engine.resource.StackTypes;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.engine.store.Database;
import io.hotpod.template.environment.Environment;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes the types of each stack: those of the server with its environment on top. Thread-safe. */
public final class TemplateTypes {
  private static final StackDefinition NO_DEFINITION =
      new StackDefinition("", "template", "", Map.of(), Environment.EMPTY);

  private final ResourceTypes implemented;
  private final Definitions definitions;
  private final Database database;
  private final InnerStacks innerStacks;
  private final StackTypes existing;

  public TemplateTypes(ResourceTypes implemented, Definitions definitions, Database database) {
    this.implemented = implemented;
    this.definitions = definitions;
    this.database = database;
    this.innerStacks =
        new InnerStacks(
            database, definitions, records -> new StackState(existing(), records, false));
    this.existing = of(NO_DEFINITION);
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

  /**
   * Tells what people may see of what exists in stacks, and in those inside them.
   *
   * @param hidden gives what a stack hides by its id
   */
  public Function<List<ResourceRecord>, StackState> shown(Function<String, Redaction> hidden) {
    return new Shown(hidden)::state;
  }

  /** The types as far as they tell people something. */
  private final class Shown {
    private final Function<String, Redaction> hidden;
    private final StackTypes types;

    Shown(Function<String, Redaction> hidden) {
      this.hidden = hidden;
      this.types =
          new DefinedTypes(
              implemented,
              definitions,
              new InnerStacks(database, definitions, this::state),
              NO_DEFINITION);
    }

    StackState state(List<ResourceRecord> records) {
      return StackState.shown(types, records, hidden);
    }
  }
}
