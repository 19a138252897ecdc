package io.hotpod.engine.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What stacks hide by their parameters: by those that they have, and by those that they had, for as
 * long as something may still be of those. Thread-safe.
 */
public final class StackSecrets {
  private final Database database;
  private final Definitions definitions;

  public StackSecrets(Database database, Definitions definitions) {
    this.database = database;
    this.definitions = definitions;
  }

  /** Answers about many resources, and looks at each of their stacks once. For one thread. */
  public final class Look {
    private final Map<String, Redaction> ofStack = new HashMap<>();

    /**
     * Takes out of texts what the stack of a resource hides, or one around it, whose values may
     * have been handed in.
     *
     * @param resourceId of any resource; nothing is hidden for one that is gone
     */
    public Redaction ofResource(String resourceId) {
      return database.read(
          handle ->
              ResourceTable.find(handle, resourceId)
                  .map(ResourceRecord::stackId)
                  .map(id -> ofStack(handle, id))
                  .orElseGet(() -> Redaction.of(Set.of())));
    }

    /** The same of a stack by its id. */
    public Redaction ofStack(String stackId) {
      return database.read(handle -> ofStack(handle, stackId));
    }

    /** The same in a transaction. */
    public Redaction ofStack(Handle handle, String stackId) {
      return ofStack.computeIfAbsent(stackId, stack -> Redaction.of(hidden(handle, stack)));
    }
  }

  /** Begins to look. */
  public Look look() {
    return new Look();
  }

  private Set<String> hidden(Handle handle, String stackId) {
    Set<String> hidden = new HashSet<>();
    Optional<Stack> next = StackTable.find(handle, stackId);
    while (next.isPresent()) {
      Stack stack = next.orElseThrow();
      hidden.addAll(hidden(definitions, DefinitionTable.standing(handle, stack.id()), stack));
      next = stack.nesting().map(Nesting::ownerId).flatMap(id -> StackTable.find(handle, id));
    }
    return hidden;
  }

  /** The texts that a stack hides by some definitions of it. */
  public static Set<String> hidden(
      Definitions definitions, List<StackDefinition> some, Stack stack) {
    Set<String> hidden = new HashSet<>();
    some.forEach(definition -> hidden.addAll(hiddenBy(definitions, definition, stack)));
    return hidden;
  }

  /** The same by one of them; none where its parameters are refused. */
  private static Set<String> hiddenBy(
      Definitions definitions, StackDefinition definition, Stack stack) {
    try {
      return definitions
          .parameters(definition, stack.id(), stack.name(), stack.project())
          .hiddenTexts();
    } catch (DocumentException refused) {
      return Set.of();
    }
  }
}
