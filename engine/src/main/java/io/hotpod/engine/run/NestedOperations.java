package io.hotpod.engine.run;

import io.hotpod.engine.resource.NestedStacks;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.store.Database;
import java.time.Clock;
import java.util.function.Supplier;

/** Makes what a step needs to work on the stack inside its resource. Thread-safe. */
record NestedOperations(
    Database database,
    Definitions definitions,
    TemplateTypes types,
    Clock clock,
    Supplier<String> ids,
    NestedExecution execution,
    int deepest) {

  /** The stack inside a resource that a step of an operation works on. */
  NestedStacks in(OperationScope scope, ResourceRecord resource) {
    return new NestedOperation(this, scope, resource);
  }
}
