package io.hotpod.engine;

/**
 * Why a request is refused. Each names Heat's exception class, which clients see as {@code
 * error.type}.
 */
public enum ErrorCode {
  STACK_NOT_FOUND("EntityNotFound", Kind.NOT_FOUND),
  RESOURCE_NOT_FOUND("ResourceNotFound", Kind.NOT_FOUND),
  SNAPSHOT_NOT_FOUND("SnapshotNotFound", Kind.NOT_FOUND),
  EVENT_NOT_FOUND("EntityNotFound", Kind.NOT_FOUND),
  OUTPUT_NOT_FOUND("NotFound", Kind.NOT_FOUND),
  RESOURCE_TYPE_NOT_FOUND("EntityNotFound", Kind.NOT_FOUND),
  INSTANCE_NOT_FOUND("EntityNotFound", Kind.NOT_FOUND),
  POD_NOT_FOUND("EntityNotFound", Kind.NOT_FOUND),
  RESOURCE_NOT_AVAILABLE("ResourceNotAvailable", Kind.NOT_FOUND),
  SOFTWARE_NOT_FOUND("EntityNotFound", Kind.NOT_FOUND),
  ACTION_IN_PROGRESS("ActionInProgress", Kind.CONFLICT),
  STACK_EXISTS("StackExists", Kind.CONFLICT),
  INSTANCE_EXISTS("InstanceExists", Kind.CONFLICT),
  INSTANCE_IN_USE("InstanceInUse", Kind.CONFLICT),
  VALIDATION_FAILED("StackValidationFailed", Kind.INVALID),
  IMMUTABLE_PARAMETER("ImmutableParameterModified", Kind.INVALID),
  CONFIG_IN_USE("InvalidRestrictedAction", Kind.INVALID),
  NOT_SUPPORTED("NotSupported", Kind.INVALID),
  RESOURCE_ACTION_NOT_SUPPORTED("ResourceActionNotSupported", Kind.INVALID),
  INVALID_SIGNAL("ValueError", Kind.INVALID),
  INVALID_BREAK_POINT_HOOK("InvalidBreakPointHook", Kind.INVALID),
  LIMIT_EXCEEDED("RequestLimitExceeded", Kind.INVALID),
  FORBIDDEN("Forbidden", Kind.FORBIDDEN),
  IDEMPOTENCY_MISMATCH("IdempotencyKeyReused", Kind.UNPROCESSABLE),
  INSTANCE_UNREACHABLE("InstanceUnreachable", Kind.UNAVAILABLE);

  /** What a caller can do about it. */
  public enum Kind {
    NOT_FOUND,
    CONFLICT,
    INVALID,
    FORBIDDEN,
    UNPROCESSABLE,
    UNAVAILABLE
  }

  private final String heatType;
  private final Kind kind;

  ErrorCode(String heatType, Kind kind) {
    this.heatType = heatType;
    this.kind = kind;
  }

  /** The class name that Heat's API would give. */
  public String heatType() {
    return heatType;
  }

  public Kind kind() {
    return kind;
  }
}
