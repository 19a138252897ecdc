package io.hotpod.document;

import java.util.HashMap;
import java.util.Map;

/**
 * The short texts of one document, each kept once: keys and types repeat a thousand times in a
 * large one. For one reading.
 */
final class Words {
  private static final int LONGEST = 64;

  private final Map<String, String> words = new HashMap<>();

  /** An equal text, the same one each time. */
  String once(String word) {
    if (word.length() > LONGEST) {
      return word;
    }
    String known = words.putIfAbsent(word, word);
    return known == null ? word : known;
  }
}
