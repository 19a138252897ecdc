package io.hotpod.document;

/**
 * What a text may ask of the reader. Whatever exceeds them is refused before it costs memory or
 * time.
 *
 * @param bytes of the text in UTF-8
 * @param depth of nesting
 * @param nodes after aliases are expanded, which is what stops an alias bomb
 * @param characters of one key or one scalar
 */
public record Limits(int bytes, int depth, int nodes, int characters) {
  /**
   * Four times Heat's template size, of which one text may be a quarter; twice as generous in depth
   * as any template seen.
   */
  public static final Limits DEFAULT = new Limits(2 * 1024 * 1024, 100, 500_000, 512 * 1024);

  public Limits {
    if (bytes < 1 || depth < 1 || nodes < 1 || characters < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
