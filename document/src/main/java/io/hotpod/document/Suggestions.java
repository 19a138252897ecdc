package io.hotpod.document;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Suggestions {
  /** Longer words are not compared: the cost grows with the square of the length. */
  private static final int LONGEST_WORD = 64;

  /** Letters compared for one word; among more candidates only those that fit in are looked at. */
  private static final long MOST_WORK = 2_000_000;

  private Suggestions() {}

  /**
   * The candidate nearest to a word by Damerau-Levenshtein distance, ignoring case, when it is near
   * enough to be a slip: one edit in a short word, about one in three letters of a longer one. Of
   * equally near candidates the first is taken. Takes a few milliseconds at most: what comes late
   * among very many candidates may not be found.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.isEmpty() || word.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    String lower = word.toLowerCase(Locale.ROOT);
    Optional<String> best = Optional.empty();
    int bestDistance = mostEdits(word.length()) + 1;
    long work = 0;
    for (String candidate : candidates) {
      if (candidate.isEmpty()
          || candidate.length() > LONGEST_WORD
          || Math.abs(candidate.length() - word.length()) >= bestDistance) {
        continue;
      }
      String other = candidate.toLowerCase(Locale.ROOT);
      work += lower.length() + other.length();
      if (lettersApart(lower, other) >= bestDistance) {
        continue;
      }
      work += (long) lower.length() * other.length();
      if (work > MOST_WORK) {
        break;
      }
      int distance = distance(lower, other);
      if (distance < bestDistance && distance < Math.min(word.length(), candidate.length())) {
        best = Optional.of(candidate);
        bestDistance = distance;
      }
    }
    return best;
  }

  /** {@code did you mean "containers"?}, when a candidate is near. */
  public static Optional<String> advice(String word, Collection<String> candidates) {
    return nearest(word, candidates).map(candidate -> "did you mean \"" + candidate + "\"?");
  }

  private static int mostEdits(int length) {
    return length < 4 ? 1 : Math.max(2, length / 3);
  }

  /** How many edits it takes at least to have the same letters in any order. */
  private static int lettersApart(String left, String right) {
    int[] counts = new int[64];
    for (int i = 0; i < left.length(); i++) {
      counts[left.charAt(i) & 63]++;
    }
    for (int i = 0; i < right.length(); i++) {
      counts[right.charAt(i) & 63]--;
    }
    int missing = 0;
    int added = 0;
    for (int count : counts) {
      missing += Math.max(0, count);
      added += Math.max(0, -count);
    }
    return Math.max(missing, added);
  }

  /** Insertions, deletions, substitutions and swaps of neighbours, each one edit. */
  private static int distance(String left, String right) {
    int[] beforePrevious = new int[right.length() + 1];
    int[] previous = new int[right.length() + 1];
    int[] current = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int substitution = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        current[j] =
            Math.min(Math.min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + substitution);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
        }
      }
      int[] spare = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = spare;
    }
    return previous[right.length()];
  }
}
