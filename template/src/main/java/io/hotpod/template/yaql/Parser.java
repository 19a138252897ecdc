package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads words into a tree by the precedence of the operators. For one expression and thread. */
final class Parser {
  /** Deeper trees are nobody's, and every level takes stack. */
  private static final int DEEPEST = 300;

  private static final int LONGEST = 64 * 1024;

  /** Higher binds tighter. */
  private static final Map<String, Integer> BINARY =
      Map.ofEntries(
          Map.entry("->", 1),
          Map.entry("or", 2),
          Map.entry("and", 3),
          Map.entry(">", 5),
          Map.entry("<", 5),
          Map.entry(">=", 5),
          Map.entry("<=", 5),
          Map.entry("!=", 5),
          Map.entry("=", 5),
          Map.entry("in", 5),
          Map.entry("+", 6),
          Map.entry("-", 6),
          Map.entry("*", 7),
          Map.entry("/", 7),
          Map.entry("mod", 7),
          Map.entry("=~", 8),
          Map.entry("!~", 8),
          Map.entry("[", 10),
          Map.entry(".", 11),
          Map.entry("?.", 11));

  private static final Map<String, Integer> UNARY = Map.of("not", 4, "+", 9, "-", 9);

  private final List<Token> tokens;
  private int index;
  private int depth;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Node parse(String text) {
    if (text.length() > LONGEST) {
      throw new YaqlException(LONGEST, "the expression is longer than " + LONGEST + " characters");
    }
    Parser parser = new Parser(Lexer.tokens(text));
    Node node = parser.expression(0);
    if (parser.peek().kind() != Token.Kind.END) {
      throw parser.unexpected("an operator or the end");
    }
    return node;
  }

  private Token peek() {
    return tokens.get(index);
  }

  private Token take() {
    Token token = tokens.get(index);
    index++;
    return token;
  }

  private void expect(String symbol) {
    if (!peek().is(symbol)) {
      throw unexpected("\"" + symbol + "\"");
    }
    index++;
  }

  private YaqlException unexpected(String expected) {
    return new YaqlException(
        peek().position(), "expected " + expected + " instead of " + peek().shown());
  }

  private Node expression(int binding) {
    depth++;
    if (depth > DEEPEST) {
      throw tooDeep(peek().position());
    }
    Node left = operand();
    while (true) {
      Token operator = peek();
      Integer precedence =
          operator.kind() == Token.Kind.SYMBOL ? BINARY.get(operator.text()) : null;
      if (precedence == null || precedence <= binding) {
        depth--;
        return left;
      }
      index++;
      left = bounded(combine(left, operator, precedence));
    }
  }

  private Node combine(Node left, Token operator, int precedence) {
    if (operator.is("[")) {
      List<Node> arguments = new ArrayList<>(List.of(left));
      arguments.addAll(arguments("]"));
      return new Node.Index(arguments, operator.position());
    }
    // The arrow alone groups to the right.
    Node right = expression(operator.is("->") ? precedence - 1 : precedence);
    return new Node.Binary(operator.text(), left, right, operator.position());
  }

  private static Node bounded(Node node) {
    if (node.height() > DEEPEST) {
      throw tooDeep(node.position());
    }
    return node;
  }

  private static YaqlException tooDeep(int position) {
    return new YaqlException(position, "the expression is nested more than " + DEEPEST + " deep");
  }

  private Node operand() {
    Token token = peek();
    return switch (token.kind()) {
      case NUMBER -> new Node.Constant(number(take()), token.position());
      case TEXT -> new Node.Constant(new Value.Text(take().text()), token.position());
      case WORD -> word(take());
      case VARIABLE -> new Node.Variable(take().text(), token.position());
      case CALL -> new Node.Call(take().text(), arguments(")"), token.position());
      case SYMBOL -> symbol(token);
      case END -> throw unexpected("a value");
    };
  }

  private static Value number(Token token) {
    try {
      return token.text().indexOf('.') < 0
          ? new Value.Int(Numbers.parse(token.text()))
          : new Value.Real(Double.parseDouble(token.text()));
    } catch (NumberFormatException | Failure malformed) {
      throw new YaqlException(token.position(), "the number is too long");
    }
  }

  private static Node word(Token token) {
    Optional<Value> constant =
        switch (token.text()) {
          case "true" -> Optional.of(Value.Bool.TRUE);
          case "false" -> Optional.of(Value.Bool.FALSE);
          case "null" -> Optional.of(Value.Null.NULL);
          default -> Optional.empty();
        };
    return constant
        .<Node>map(value -> new Node.Constant(value, token.position()))
        .orElseGet(() -> new Node.Word(token.text(), token.position()));
  }

  private Node symbol(Token token) {
    Integer unary = UNARY.get(token.text());
    if (unary != null) {
      index++;
      return bounded(new Node.Unary(token.text(), expression(unary), token.position()));
    }
    return bounded(
        switch (token.text()) {
          case "(" -> group(take());
          case "[" -> new Node.ListOf(bracketed("]"), token.position());
          case "{" -> new Node.MapOf(bracketed("}"), token.position());
          default -> throw unexpected("a value");
        });
  }

  private Node group(Token open) {
    Node body = expression(0);
    expect(")");
    return new Node.Group(body, open.position());
  }

  private List<Node> bracketed(String closing) {
    index++;
    return arguments(closing);
  }

  /** Values, with gaps between commas, then rules; up to the closing symbol, which is taken. */
  private List<Node> arguments(String closing) {
    List<Node> arguments = new ArrayList<>();
    if (peek().is(closing)) {
      index++;
      return arguments;
    }
    boolean ruled = false;
    while (true) {
      if (peek().is(",") && !ruled) {
        arguments.add(new Node.Missing(peek().position()));
      } else {
        Node argument = argument();
        if (ruled && !(argument instanceof Node.Rule)) {
          throw new YaqlException(
              argument.position(), "a plain argument stands behind a named one");
        }
        ruled = argument instanceof Node.Rule;
        arguments.add(bounded(argument));
      }
      if (peek().is(closing)) {
        index++;
        return arguments;
      }
      expect(",");
    }
  }

  private Node argument() {
    Node value = expression(0);
    if (!peek().is("=>")) {
      return value;
    }
    Token arrow = take();
    return new Node.Rule(value, expression(0), arrow.position());
  }
}
