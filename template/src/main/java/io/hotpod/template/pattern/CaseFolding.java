package io.hotpod.template.pattern;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which code points are the same letter when case is ignored. */
final class CaseFolding {
  /** For each letter that has others of its kind, all of them, itself included. */
  private static final Map<Integer, int[]> VARIANTS = variants();

  /** The letters that have variants, in ascending order. */
  private static final int[] LETTERS =
      VARIANTS.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();

  private CaseFolding() {}

  private static Map<Integer, int[]> variants() {
    Map<Integer, int[]> byFolded = new TreeMap<>();
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      int folded = Character.toLowerCase(Character.toUpperCase(codePoint));
      if (folded != codePoint || Character.toUpperCase(codePoint) != codePoint) {
        int[] known = byFolded.getOrDefault(folded, new int[0]);
        int[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = codePoint;
        byFolded.put(folded, more);
      }
    }
    Map<Integer, int[]> variants = new HashMap<>();
    for (int[] alike : byFolded.values()) {
      for (int codePoint : alike) {
        variants.put(codePoint, alike);
      }
    }
    return variants;
  }

  /** Adds a range and, when the flags say so, the other cases of its letters. */
  static void add(int first, int last, Set<PatternFlag> flags, CodePointSet.Builder set) {
    set.add(first, last);
    if (!flags.contains(PatternFlag.IGNORE_CASE)) {
      return;
    }
    boolean ascii = flags.contains(PatternFlag.ASCII);
    int found = Arrays.binarySearch(LETTERS, first);
    for (int i = found < 0 ? -found - 1 : found; i < LETTERS.length && LETTERS[i] <= last; i++) {
      for (int variant : VARIANTS.getOrDefault(LETTERS[i], new int[0])) {
        if ((variant < first || variant > last)
            && (!ascii || (variant < 128 && LETTERS[i] < 128))) {
          set.add(variant, variant);
        }
      }
    }
  }
}
