package io.hotpod.agent.source.heat;

/** What Heat does with the resource whose deployment this is. */
public enum DeployAction {
  CREATE,
  UPDATE,
  DELETE,
  SUSPEND,
  RESUME,
  /** It is the turn of another tool of the same software component: the pod stays as it is. */
  ELSEWHERE,
  /** None that is known here. */
  UNKNOWN;

  /**
   * The action of that name, as the input {@code deploy_action} has it.
   *
   * @param name empty for a deployment that was made without one, which is to be deployed
   */
  static DeployAction named(String name) {
    return switch (name) {
      case "", "CREATE" -> CREATE;
      case "UPDATE" -> UPDATE;
      case "DELETE" -> DELETE;
      case "SUSPEND" -> SUSPEND;
      case "RESUME" -> RESUME;
      default -> UNKNOWN;
    };
  }
}
