package io.hotpod.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bodies as the API gives them. */
public final class Bodies {
  private Bodies() {}

  public static String error(String type, String message) {
    return "{\"code\": 0, \"title\": \"\", \"explanation\": \"\", \"error\": {\"type\": \"%s\","
            .formatted(type)
        + " \"message\": \"%s\", \"traceback\": null}}".formatted(message);
  }

  /** The stack {@code web} with the id {@code 1}. */
  public static String stack(String status) {
    return stack(status, true);
  }

  public static String stack(String status, boolean disableRollback) {
    return String.format(
        Locale.ROOT,
        """
        {"stack": {"id": "1", "stack_name": "web", "stack_status": "%s",
         "stack_status_reason": "of the stack", "description": "",
         "creation_time": "2026-11-01T00:00:00Z", "updated_time": null,
         "disable_rollback": %s, "parameters": {}, "outputs": []}}""",
        status,
        disableRollback);
  }

  public static String events(String... events) {
    return Stream.of(events).collect(Collectors.joining(",", "{\"events\": [", "]}"));
  }

  /** An event of a resource, or of the stack when the name is {@code web}. */
  public static String event(int number, String resource, String status, String reason) {
    return String.format(
        Locale.ROOT,
        """
        {"id": "e%d", "event_time": "2026-11-01T00:00:%02dZ", "resource_name": "%s",
         "resource_status": "%s", "resource_status_reason": "%s",
         "physical_resource_id": "%s"}""",
        number,
        number,
        resource,
        status,
        reason,
        resource.equals("web") ? "1" : "p-" + resource);
  }
}
