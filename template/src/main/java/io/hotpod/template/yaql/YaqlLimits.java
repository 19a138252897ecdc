package io.hotpod.template.yaql;

/**
 * How much one evaluation may do.
 *
 * @param collectionElements the most elements that any function takes from a collection
 * @param valueBytes the largest single value, counted about as CPython does: a text by its
 *     characters, a collection by eight for each element
 * @param steps of work, each well under a microsecond; large values cost more of them
 * @param depth of calls, values and iterators inside one another
 */
public record YaqlLimits(int collectionElements, long valueBytes, long steps, int depth) {
  /**
   * Enough for real data; done or refused within about a second, and within about a hundred
   * megabytes.
   */
  public static final YaqlLimits STANDARD = new YaqlLimits(100_000, 8_000_000, 2_000_000, 300);

  /** Heat's own defaults for elements and memory. */
  public static final YaqlLimits HEAT = new YaqlLimits(200, 10_000, 2_000_000, 300);

  /**
   * @throws IllegalArgumentException if any is not positive, or the depth is beyond 1,000
   */
  public YaqlLimits {
    if (collectionElements <= 0 || valueBytes <= 0 || steps <= 0 || depth <= 0 || depth > 1000) {
      throw new IllegalArgumentException(
          "limits must be positive, and the depth at most 1000: %d, %d, %d, %d"
              .formatted(collectionElements, valueBytes, steps, depth));
    }
  }
}
