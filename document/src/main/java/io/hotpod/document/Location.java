package io.hotpod.document;

import static java.util.Objects.requireNonNull;

/**
 * A place in a text.
 *
 * @param file the name that people know the text by: a path, a URL, or {@code template}
 * @param line counted from 1
 * @param column counted from 1, in code points
 */
public record Location(String file, int line, int column) {
  public Location {
    requireNonNull(file, "file is null");
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("line and column count from 1: " + line + ":" + column);
    }
  }

  /** {@code file:line:column}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
