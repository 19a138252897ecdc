package io.hotpod.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Replaces words in a text as Heat does: longer words first, so that {@code $web_port} is not taken
 * for {@code $web}; equally long ones by the alphabet; what was put in is not read again.
 */
final class TextReplacer {
  /** Searching so many characters costs about as much as making one. */
  private static final int SEARCHED_PER_MADE = 8;

  private final List<Map.Entry<String, String>> replacements;
  private final LongConsumer charge;
  private final Set<String> missing = new LinkedHashSet<>();

  /**
   * Makes a replacer.
   *
   * @param replacements texts by the words that they replace
   * @param charge is told of the characters made and of the work done, and throws when it is too
   *     much
   */
  TextReplacer(Map<String, String> replacements, LongConsumer charge) {
    this.replacements =
        replacements.entrySet().stream()
            .sorted(
                Comparator.comparingInt(
                        (Map.Entry<String, String> entry) -> -length(entry.getKey()))
                    .thenComparing(Map.Entry::getKey))
            .toList();
    this.charge = charge;
  }

  private static int length(String word) {
    return word.codePointCount(0, word.length());
  }

  /** A piece of the text; a finished one is not searched again. */
  private record Piece(String text, boolean finished) {}

  String replace(String template) {
    charge.accept(template.length());
    List<Piece> pieces = List.of(new Piece(template, false));
    for (Map.Entry<String, String> replacement : replacements) {
      missing.add(replacement.getKey());
      pieces = split(pieces, replacement.getKey(), new Piece(replacement.getValue(), true));
    }
    StringBuilder text = new StringBuilder();
    pieces.forEach(piece -> text.append(piece.text()));
    return text.toString();
  }

  /** The words that the text last replaced did not have, in the order of the search. */
  List<String> notFound() {
    return List.copyOf(missing);
  }

  private List<Piece> split(List<Piece> pieces, String word, Piece replacement) {
    List<Piece> result = new ArrayList<>(pieces.size());
    int work = pieces.size();
    for (Piece piece : pieces) {
      if (piece.finished()) {
        result.add(piece);
        continue;
      }
      String text = piece.text();
      work += text.length();
      int start = 0;
      for (int found = text.indexOf(word); found >= 0; found = text.indexOf(word, start)) {
        if (found > start) {
          result.add(new Piece(text.substring(start, found), false));
        }
        charge.accept(replacement.text().length());
        missing.remove(word);
        result.add(replacement);
        start = found + word.length();
      }
      if (start < text.length()) {
        result.add(start == 0 ? piece : new Piece(text.substring(start), false));
      }
    }
    charge.accept(work / SEARCHED_PER_MADE);
    return result;
  }
}
