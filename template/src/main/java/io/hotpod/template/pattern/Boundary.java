package io.hotpod.template.pattern;

/** A condition on a place between two characters. */
enum Boundary {
  TEXT_START,
  TEXT_END,
  /** {@code $}: the end, or before a newline that ends the text. */
  LAST_LINE_END,
  LINE_START,
  LINE_END,
  WORD,
  NOT_WORD,
  ASCII_WORD,
  ASCII_NOT_WORD;

  boolean holds(int[] text, int position) {
    return switch (this) {
      case TEXT_START -> position == 0;
      case TEXT_END -> position == text.length;
      case LAST_LINE_END ->
          position == text.length || (position == text.length - 1 && text[position] == '\n');
      case LINE_START -> position == 0 || text[position - 1] == '\n';
      case LINE_END -> position == text.length || text[position] == '\n';
      case WORD -> isEdge(CharacterClasses.WORD, text, position);
      case ASCII_WORD -> isEdge(CharacterClasses.ASCII_WORD, text, position);
      // In an empty text Python finds neither an edge nor the absence of one.
      case NOT_WORD -> text.length > 0 && !isEdge(CharacterClasses.WORD, text, position);
      case ASCII_NOT_WORD ->
          text.length > 0 && !isEdge(CharacterClasses.ASCII_WORD, text, position);
    };
  }

  private static boolean isEdge(CodePointSet word, int[] text, int position) {
    boolean before = position > 0 && word.contains(text[position - 1]);
    boolean after = position < text.length && word.contains(text[position]);
    return before != after;
  }
}
