package io.hotpod.template.pattern;

/** What changes the meaning of a whole pattern or of a group in it. */
public enum PatternFlag {
  /** {@code (?i)}: letters match whatever their case. */
  IGNORE_CASE,
  /** {@code (?m)}: {@code ^} and {@code $} match at every line. */
  MULTI_LINE,
  /** {@code (?s)}: the dot matches a newline too. */
  DOT_ALL,
  /** {@code (?x)}: blanks and comments in the pattern mean nothing. */
  VERBOSE,
  /** {@code (?a)}: classes, word boundaries and case know ASCII alone. */
  ASCII
}
