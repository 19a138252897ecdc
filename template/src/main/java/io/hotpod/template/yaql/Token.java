package io.hotpod.template.yaql;

/**
 * A word of an expression.
 *
 * @param text the symbol, name or content; of a call the name alone
 * @param position in the expression, from 0
 */
record Token(Kind kind, String text, int position) {
  /** What a word is. */
  enum Kind {
    /** Digits, with or without a fraction. */
    NUMBER,
    /** A quoted text, its escapes resolved. */
    TEXT,
    /** A name that stands for itself, or for true, false or null. */
    WORD,
    /** A name with its opening parenthesis. */
    CALL,
    /** A dollar with or without a name. */
    VARIABLE,
    /** An operator, bracket or comma. */
    SYMBOL,
    /** Behind the last. */
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** How people see it. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case CALL -> "\"" + text + "(\"";
      case NUMBER, WORD, VARIABLE, SYMBOL -> "\"" + text + "\"";
      case TEXT -> "a text";
    };
  }
}
