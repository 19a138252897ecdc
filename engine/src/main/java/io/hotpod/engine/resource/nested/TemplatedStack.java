package io.hotpod.engine.resource.nested;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import java.util.Optional;

/** A holder of stacks that knows their template: made and updated in one way. */
interface TemplatedStack extends StackHolder {
  /** Brings the stack inside to what its template says now, wherever it is on the way. */
  Physical converge(ResourceContext context);

  /** The stack inside has the id of the resource, so it is found again after a crash. */
  @Override
  default Optional<String> chosenPhysicalId(String resourceId) {
    return Optional.of(resourceId);
  }

  /** The resources inside decide for themselves. */
  @Override
  default boolean replaceWhenFailed() {
    return false;
  }

  @Override
  default Physical create(ResourceContext context) {
    return converge(context);
  }

  @Override
  default Physical update(ResourceContext context, ResourceRecord existing) {
    return converge(context);
  }
}
