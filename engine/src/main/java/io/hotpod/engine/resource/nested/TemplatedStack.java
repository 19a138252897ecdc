package io.hotpod.engine.resource.nested;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
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

  /** Makes the stack inside of what an adopted resource brings along for it. */
  Physical takeIn(ResourceContext context);

  @Override
  default Physical adopt(ResourceContext context) {
    if (context.resource().isExternal()) {
      throw new ResourceFailure(
          "a stack inside is of its resource only; abandon the stack around it and adopt that"
              + " instead of naming it by external_id");
    }
    return takeIn(context);
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
