package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts an expression into words. For one expression and one thread. */
final class Lexer {
  /** Longer ones first, so that {@code <=} is not read as {@code <}. */
  private static final List<String> SYMBOLS =
      List.of(
          "?.", "=~", "!~", ">=", "<=", "!=", "->", "=>", ".", "+", "-", "*", "/", ">", "<", "=",
          "(", ")", "[", "]", "{", "}", ",");

  private static final Set<String> WORD_OPERATORS = Set.of("mod", "in", "not", "and", "or");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private Lexer(String text) {
    this.text = text;
  }

  /** All words, the last of which is the end. */
  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    lexer.skipBlanks();
    while (lexer.position < text.length()) {
      lexer.tokens.add(lexer.next());
      lexer.skipBlanks();
    }
    lexer.tokens.add(new Token(Token.Kind.END, "", text.length()));
    return lexer.tokens;
  }

  private void skipBlanks() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private Token next() {
    int start = position;
    char c = text.charAt(start);
    if (c == '$') {
      position = endOfWord(start + 1);
      return new Token(Token.Kind.VARIABLE, text.substring(start, position), start);
    }
    if (Character.isDigit(c)) {
      return number(start);
    }
    if (isWordPart(text.codePointAt(start))) {
      return word(start);
    }
    if (c == '\'' || c == '"' || c == '`') {
      return quoted(start, c);
    }
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, start)) {
        position += symbol.length();
        return new Token(Token.Kind.SYMBOL, symbol, start);
      }
    }
    throw illegal(start);
  }

  private YaqlException illegal(int start) {
    return new YaqlException(
        start, "illegal character \"" + Character.toString(text.codePointAt(start)) + "\"");
  }

  private Token number(int start) {
    position = endOfDigits(start);
    if (position + 1 < text.length()
        && text.charAt(position) == '.'
        && Character.isDigit(text.charAt(position + 1))
        && endOfWord(position + 1) == endOfDigits(position + 1)) {
      position = endOfDigits(position + 1);
    }
    if (endOfWord(position) > position) {
      throw new YaqlException(start, "a number must end before a letter or underscore begins");
    }
    return new Token(Token.Kind.NUMBER, text.substring(start, position), start);
  }

  private Token word(int start) {
    position = endOfWord(start);
    String word = text.substring(start, position);
    if (position < text.length() && text.charAt(position) == '(') {
      position++;
      return new Token(Token.Kind.CALL, word, start);
    }
    if (word.startsWith("__")) {
      throw illegal(start);
    }
    return new Token(
        WORD_OPERATORS.contains(word) ? Token.Kind.SYMBOL : Token.Kind.WORD, word, start);
  }

  private Token quoted(int start, char quote) {
    int end = start + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      boolean escaped = text.charAt(end) == '\\' && end + 1 < text.length();
      end += escaped ? 2 : 1;
    }
    if (end >= text.length()) {
      throw new YaqlException(start, "the text that begins here has no closing " + quote);
    }
    position = end + 1;
    String content = text.substring(start + 1, end);
    String value =
        quote == '`' ? content.replace("\\`", "`") : TextEscapes.resolve(content, start + 1);
    return new Token(Token.Kind.TEXT, value, start);
  }

  private int endOfDigits(int start) {
    int end = start;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private int endOfWord(int start) {
    int end = start;
    while (end < text.length() && isWordPart(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean isWordPart(int codePoint) {
    return codePoint == '_' || Character.isLetterOrDigit(codePoint);
  }
}
