package io.hotpod.cli.stack;

import io.hotpod.cli.output.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Writes a plan for people. Pure. */
final class PlanText {
  private static final Map<String, String> SIGNS =
      Map.of("CREATE", "+", "UPDATE", "~", "REPLACE", "±", "DELETE", "-");

  private PlanText() {}

  /**
   * The lines of a plan.
   *
   * @param plan the API's list of steps
   */
  static List<String> lines(String stack, JsonNode plan) {
    List<String> lines = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    int restarts = steps(plan, "", lines, counts);
    if (lines.isEmpty()) {
      return List.of(stack + ": nothing to do, " + counts.getOrDefault("NONE", 0) + " unchanged.");
    }
    lines.addFirst("Plan for " + stack + ":");
    lines.add(summary(counts, restarts));
    return lines;
  }

  /** Adds the steps and those inside of them; gives how many pods they touch. */
  private static int steps(
      JsonNode plan, String indent, List<String> lines, Map<String, Integer> counts) {
    int pods = 0;
    for (JsonNode step : plan) {
      String action = step.path("action").asString("NONE");
      counts.merge(action, 1, Integer::sum);
      if (!action.equals("NONE")) {
        step(step, action, indent, lines);
      }
      JsonNode nested = step.path("nested");
      boolean touches = !action.equals("NONE") && step.path("restarts_pod").asBoolean(false);
      // A resource with others inside touches the pods that they touch.
      int inside = steps(nested, indent + "    ", lines, counts);
      pods += touches && nested.isEmpty() ? 1 : inside;
    }
    return pods;
  }

  private static void step(JsonNode step, String action, String indent, List<String> lines) {
    StringBuilder head =
        new StringBuilder(indent).append("  ").append(SIGNS.getOrDefault(action, "?"));
    head.append(' ').append(action.toLowerCase(Locale.ROOT)).append(' ');
    head.append(Text.oneLine(step.path("resource").asString("")));
    head.append(" (").append(Text.oneLine(step.path("type").asString(""))).append(')');
    if (!step.path("certain").asBoolean(true)) {
      head.append(", if what it depends on changes");
    }
    if (step.path("restarts_pod").asBoolean(false) && step.path("nested").isEmpty()) {
      head.append(effect(action));
    }
    lines.add(head.toString());
    for (JsonNode reason : step.path("reasons")) {
      lines.add(indent + "      " + Text.oneLine(reason.asString("")));
    }
  }

  private static String effect(String action) {
    return switch (action) {
      case "CREATE" -> "; starts its pod";
      case "DELETE" -> "; stops its pod";
      default -> "; restarts its pod";
    };
  }

  private static String summary(Map<String, Integer> counts, int pods) {
    List<String> parts = new ArrayList<>();
    for (String action : List.of("CREATE", "UPDATE", "REPLACE", "DELETE")) {
      if (counts.containsKey(action)) {
        parts.add(counts.get(action) + " to " + action.toLowerCase(Locale.ROOT));
      }
    }
    if (counts.containsKey("NONE")) {
      parts.add(counts.get("NONE") + " unchanged");
    }
    String touched =
        switch (pods) {
          case 0 -> "no pod is touched";
          case 1 -> "1 pod is touched";
          default -> pods + " pods are touched";
        };
    return String.join(", ", parts) + "; " + touched + ".";
  }
}
