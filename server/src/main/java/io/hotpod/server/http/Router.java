package io.hotpod.server.http;

import io.hotpod.server.access.Permission;
import io.hotpod.server.access.RouteRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of a method and a path. A literal segment goes before a variable one, unless
 * only the variable one has the method: a stack may be called {@code detail}. Thread-safe once
 * every route is added.
 */
public final class Router {
  private final Node root = new Node();
  private final List<String> added = new ArrayList<>();

  /** What a search ends with. */
  sealed interface Match {
    /** A handler and the values of the path's variables. */
    record Found(Handler handler, Permission permission, Map<String, String> variables)
        implements Match {}

    /** The path is known, but not with this method. */
    record WrongMethod(SortedSet<String> allowed) implements Match {}

    /** No route has the path. */
    record Unknown() implements Match {}
  }

  private record Route(Handler handler, Permission permission, List<String> pattern) {}

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private @Nullable Node variable;
    private final Map<String, Route> routes = new TreeMap<>();
  }

  /**
   * Adds a route; {@link RouteRules} has to say who may use it.
   *
   * @param pattern such as {@code /v1/{project}/stacks}
   */
  public void add(String method, String pattern, Handler handler) {
    List<String> segments = PathText.segments(pattern);
    Node node = root;
    for (String segment : segments) {
      if (isVariable(segment)) {
        if (node.variable == null) {
          node.variable = new Node();
        }
        node = node.variable;
      } else {
        node = node.literals.computeIfAbsent(segment, absent -> new Node());
      }
    }
    Route route = new Route(handler, RouteRules.of(method, pattern), segments);
    if (node.routes.put(method, route) != null) {
      throw new IllegalArgumentException(method + " " + pattern + " is added twice");
    }
    added.add(method + " " + pattern);
  }

  /** Every route by method and pattern, such as {@code GET /v1/{project}/stacks}. */
  public List<String> routes() {
    return List.copyOf(added);
  }

  Match match(String method, List<String> segments) {
    SortedSet<String> allowed = new TreeSet<>();
    Route route = search(root, segments, 0, method, allowed);
    if (route != null) {
      return new Match.Found(
          route.handler(), route.permission(), variables(route.pattern(), segments));
    }
    return allowed.isEmpty() ? new Match.Unknown() : new Match.WrongMethod(allowed);
  }

  private static @Nullable Route search(
      Node node, List<String> segments, int depth, String method, SortedSet<String> allowed) {
    if (depth == segments.size()) {
      allowed.addAll(node.routes.keySet());
      return node.routes.get(method);
    }
    Node literal = node.literals.get(segments.get(depth));
    if (literal != null) {
      Route route = search(literal, segments, depth + 1, method, allowed);
      if (route != null) {
        return route;
      }
    }
    return node.variable == null || segments.get(depth).isEmpty()
        ? null
        : search(node.variable, segments, depth + 1, method, allowed);
  }

  private static Map<String, String> variables(List<String> pattern, List<String> segments) {
    Map<String, String> variables = new HashMap<>();
    for (int index = 0; index < pattern.size(); index++) {
      String name = pattern.get(index);
      if (isVariable(name)) {
        variables.put(name.substring(1, name.length() - 1), segments.get(index));
      }
    }
    return variables;
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{");
  }
}
