package io.hotpod.cli.stack;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.document.Location;
import io.hotpod.document.ScalarNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A change of one word in a text, all else left as people wrote it.
 *
 * @param from where the word begins
 * @param to where it ends, exclusively
 * @param replacement in double quotes, which YAML and JSON both take
 */
record Spliced(int from, int to, String replacement) {
  /** Puts another word in the place of a scalar. */
  static Spliced of(String text, ScalarNode node, String word) {
    Location location = node.location().orElseThrow();
    int from = offset(text, location);
    String written = node.text();
    String replacement = JsonNodeFactory.instance.stringNode(word).toString();
    for (String quote : new String[] {"\"", "'", ""}) {
      if (text.startsWith(quote + written + quote, from)) {
        return new Spliced(from, from + written.length() + 2 * quote.length(), replacement);
      }
    }
    throw CommandFailure.of(
        location + ": " + written + ": the name of this file is written in a way that hides it.",
        "Write it plainly, without escapes, tags or line breaks.");
  }

  /** Columns count code points, offsets count chars. */
  private static int offset(String text, Location location) {
    int start = 0;
    for (int line = 1; line < location.line(); line++) {
      start = text.indexOf('\n', start) + 1;
    }
    return text.offsetByCodePoints(start, location.column() - 1);
  }
}
