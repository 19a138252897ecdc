package io.hotpod.cli.progress;

import io.hotpod.cli.output.Text;

/**
 * A line of the tree.
 *
 * @param depth of indentation
 * @param mood gives the sign at the front and its colour
 */
record TreeLine(int depth, Mood mood, String text) {
  /** How things stand with what the line tells of. */
  enum Mood {
    DONE("✓ ", "32"),
    FAILED("✗ ", "31"),
    RUNNING("… ", "36"),
    WAITING("· ", "2"),
    PLAIN("", "");

    private final String sign;
    private final String colour;

    Mood(String sign, String colour) {
      this.sign = sign;
      this.colour = colour;
    }
  }

  /** The line cut to the screen; colour changes nothing about its width. */
  String render(int columns, boolean colour) {
    String indent = "  ".repeat(depth);
    String visible = Text.cut(indent + mood.sign + Text.oneLine(text), columns);
    if (!colour || mood == Mood.PLAIN || visible.length() <= indent.length()) {
      return visible;
    }
    return switch (mood) {
      case FAILED, WAITING -> escape(visible);
      case DONE, RUNNING, PLAIN ->
          indent
              + escape(visible.substring(indent.length(), indent.length() + 1))
              + visible.substring(indent.length() + 1);
    };
  }

  private String escape(String part) {
    return "\u001b[" + mood.colour + "m" + part + "\u001b[0m";
  }
}
