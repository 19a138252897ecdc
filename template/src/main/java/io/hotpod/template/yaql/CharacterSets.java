package io.hotpod.template.yaql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code characters()}: the sets of ASCII characters that Python has names for. */
final class CharacterSets {
  static final String SIGNATURE =
      "digits: bool? = false, hexdigits: bool? = false, asciiLowercase: bool? = false,"
          + " asciiUppercase: bool? = false, asciiLetters: bool? = false,"
          + " letters: bool? = false, octdigits: bool? = false, punctuation: bool? = false,"
          + " printable: bool? = false, lowercase: bool? = false, uppercase: bool? = false,"
          + " whitespace: bool? = false";

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final String WHITESPACE = " \t\n\r\u000b\f";

  /** In the order of the parameters; empty for what only Python 2 had. */
  private static final List<String> SETS =
      List.of(
          DIGITS,
          DIGITS + "abcdefABCDEF",
          LOWER,
          UPPER,
          LOWER + UPPER,
          "",
          "01234567",
          PUNCTUATION,
          DIGITS + LOWER + UPPER + PUNCTUATION + WHITESPACE,
          "",
          "",
          WHITESPACE);

  private CharacterSets() {}

  static Value of(Call call) {
    Set<Value> characters = new LinkedHashSet<>();
    for (int i = 0; i < SETS.size(); i++) {
      if (call.flag(i)) {
        if (SETS.get(i).isEmpty()) {
          throw new Failure("characters() has no letters, lowercase or uppercase; say ascii...");
        }
        characters.addAll(Texts.characters(SETS.get(i)));
      }
    }
    return Value.Sequence.tuple(List.copyOf(characters));
  }
}
