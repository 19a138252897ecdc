package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.List;

/** Finds calls of functions that do not exist, before anything is evaluated. */
final class NameCheck {
  private NameCheck() {}

  /** Checks nothing where {@code def()} may give meaning to any name. */
  static void check(Node node, Library library) {
    List<Node.Call> functions = new ArrayList<>();
    List<Node.Call> methods = new ArrayList<>();
    collect(node, functions, methods);
    methods.forEach(call -> refuseUnknown(call, true, library));
    if (functions.stream().noneMatch(call -> call.name().equals("def"))) {
      functions.forEach(call -> refuseUnknown(call, false, library));
    }
  }

  private static void refuseUnknown(Node.Call call, boolean asMethod, Library library) {
    if (library.overloads(call.name(), asMethod).isEmpty()) {
      throw new YaqlException(call.position(), library.unknown(call.name(), asMethod), true);
    }
  }

  private static void collect(Node node, List<Node.Call> functions, List<Node.Call> methods) {
    switch (node) {
      case Node.Call call -> {
        functions.add(call);
        collect(call.arguments(), functions, methods);
      }
      case Node.Binary binary -> {
        collect(binary.left(), functions, methods);
        if (binary.operator().endsWith(".") && binary.right() instanceof Node.Call method) {
          methods.add(method);
          collect(method.arguments(), functions, methods);
        } else {
          collect(binary.right(), functions, methods);
        }
      }
      case Node.Unary unary -> collect(unary.operand(), functions, methods);
      case Node.Group group -> collect(group.body(), functions, methods);
      case Node.Index index -> collect(index.arguments(), functions, methods);
      case Node.ListOf list -> collect(list.items(), functions, methods);
      case Node.MapOf map -> collect(map.rules(), functions, methods);
      case Node.Rule rule ->
          collect(List.of(rule.source(), rule.destination()), functions, methods);
      case Node.Constant _, Node.Word _, Node.Variable _, Node.Missing _ -> {}
    }
  }

  private static void collect(
      List<Node> nodes, List<Node.Call> functions, List<Node.Call> methods) {
    nodes.forEach(node -> collect(node, functions, methods));
  }
}
