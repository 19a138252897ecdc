package io.hotpod.engine.signal;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.StackService;
import tools.jackson.databind.node.ObjectNode;

/** The guest service on a database. */
public final class StoredGuestService implements GuestService {
  private final SignalAccess access;
  private final StackService stacks;

  public StoredGuestService(SignalAccess access, StackService stacks) {
    this.access = access;
    this.stacks = stacks;
  }

  @Override
  public void signal(
      String project, String stackId, String resourceName, String token, ObjectNode details) {
    SignalTarget target =
        access
            .find(project, stackId, resourceName)
            .filter(found -> access.isToken(found, token))
            .orElseThrow(StoredGuestService::refused);
    stacks.signal(Caller.of(project), target.stackId(), target.resourceName(), details);
  }

  private static EngineException refused() {
    return new EngineException(
        ErrorCode.FORBIDDEN, "The credentials are not those of a resource that is there.");
  }
}
