package io.hotpod.template.pattern;

import java.util.Set;

/** What Python means by {@code \d}, {@code \w} and {@code \s}. */
final class CharacterClasses {
  static final CodePointSet WORD =
      CodePointSet.where(codePoint -> codePoint == '_' || isAlphanumeric(codePoint));
  static final CodePointSet ASCII_WORD =
      new CodePointSet.Builder().add('0', '9').add('A', 'Z').add('_', '_').add('a', 'z').build();
  private static final CodePointSet DIGIT =
      CodePointSet.where(
          codePoint -> Character.getType(codePoint) == Character.DECIMAL_DIGIT_NUMBER);
  private static final CodePointSet ASCII_DIGIT = CodePointSet.range('0', '9');
  private static final CodePointSet SPACE = CodePointSet.where(CharacterClasses::isSpace);
  private static final CodePointSet ASCII_SPACE =
      new CodePointSet.Builder().add('\t', '\r').add(' ', ' ').build();

  private CharacterClasses() {}

  /** The class of a letter after a backslash; the capital letter is the complement. */
  static CodePointSet named(int letter, Set<PatternFlag> flags) {
    boolean ascii = flags.contains(PatternFlag.ASCII);
    return switch (letter) {
      case 'd' -> ascii ? ASCII_DIGIT : DIGIT;
      case 's' -> ascii ? ASCII_SPACE : SPACE;
      case 'w' -> ascii ? ASCII_WORD : WORD;
      default -> named(Character.toLowerCase(letter), flags).complement();
    };
  }

  static boolean isNamed(int letter) {
    return "dDsSwW".indexOf(letter) >= 0;
  }

  /** Letters, and whatever has a numeric value; marks and signs are neither. */
  private static boolean isAlphanumeric(int codePoint) {
    return Character.isLetter(codePoint)
        || switch (Character.getType(codePoint)) {
          case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
              true;
          default -> false;
        };
  }

  /** Separators, and the control characters that Unicode's directions treat as such. */
  private static boolean isSpace(int codePoint) {
    return (codePoint >= '\t' && codePoint <= '\r')
        || (codePoint >= 0x1c && codePoint <= 0x1f)
        || codePoint == 0x85
        || Character.isSpaceChar(codePoint);
  }
}
