package io.hotpod.template.yaql;

import java.util.List;

/** An expression as a tree; every node knows its place in the text, from 0. Immutable. */
sealed interface Node {
  int position();

  /** The levels under and with this one. */
  int height();

  private static int above(List<Node> nodes) {
    return 1 + nodes.stream().mapToInt(Node::height).max().orElse(0);
  }

  /** A number, text, true, false or null. */
  record Constant(Value value, int position) implements Node {
    @Override
    public int height() {
      return 1;
    }
  }

  /** A bare word: a key behind a dot, a name in an argument, a text elsewhere. */
  record Word(String name, int position) implements Node {
    @Override
    public int height() {
      return 1;
    }
  }

  /** {@code $name}; the dollar is part of the name. */
  record Variable(String name, int position) implements Node {
    @Override
    public int height() {
      return 1;
    }
  }

  /** Something in parentheses, which neither a key nor a call on a receiver can be. */
  record Group(Node body, int position, int height) implements Node {
    Group(Node body, int position) {
      this(body, position, 1 + body.height());
    }
  }

  /** A function or, behind a dot, a method. */
  record Call(String name, List<Node> arguments, int position, int height) implements Node {
    Call(String name, List<Node> arguments, int position) {
      this(name, List.copyOf(arguments), position, above(arguments));
    }
  }

  /** An operator between two; its position is that of the symbol. */
  record Binary(String operator, Node left, Node right, int position, int height) implements Node {
    Binary(String operator, Node left, Node right, int position) {
      this(operator, left, right, position, above(List.of(left, right)));
    }
  }

  /** An operator before one. */
  record Unary(String operator, Node operand, int position, int height) implements Node {
    Unary(String operator, Node operand, int position) {
      this(operator, operand, position, 1 + operand.height());
    }
  }

  /** Brackets behind a value; the value is the first argument. */
  record Index(List<Node> arguments, int position, int height) implements Node {
    Index(List<Node> arguments, int position) {
      this(List.copyOf(arguments), position, above(arguments));
    }
  }

  /** Brackets on their own. */
  record ListOf(List<Node> items, int position, int height) implements Node {
    ListOf(List<Node> items, int position) {
      this(List.copyOf(items), position, above(items));
    }
  }

  /** Braces. */
  record MapOf(List<Node> rules, int position, int height) implements Node {
    MapOf(List<Node> rules, int position) {
      this(List.copyOf(rules), position, above(rules));
    }
  }

  /** {@code source => destination}: a named argument, an entry or a case. */
  record Rule(Node source, Node destination, int position, int height) implements Node {
    Rule(Node source, Node destination, int position) {
      this(source, destination, position, above(List.of(source, destination)));
    }
  }

  /** Nothing between two commas. */
  record Missing(int position) implements Node {
    @Override
    public int height() {
      return 1;
    }
  }
}
