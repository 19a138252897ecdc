package io.hotpod.template.yaql;

/**
 * Reads expressions of yaql, with the operators and the standard library of yaql 2.0 as Heat uses
 * them; delegates ({@code lambda()}, {@code $f(...)}), dates, chance and access to attributes of
 * objects are left out. For any thread.
 */
public final class Yaql {
  private Yaql() {}

  /**
   * Reads an expression. The names of its functions are checked, unless it defines some itself.
   *
   * @throws YaqlException if it is malformed, too long or too deep, or names a function that there
   *     is not
   */
  public static YaqlExpression parse(String expression) {
    Node node = Parser.parse(expression);
    NameCheck.check(node, StandardLibrary.INSTANCE);
    return new YaqlExpression(expression, node);
  }
}
