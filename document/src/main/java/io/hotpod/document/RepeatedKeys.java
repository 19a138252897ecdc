package io.hotpod.document;

/** What to do about a map that gives a key twice. */
public enum RepeatedKeys {
  /** It is a problem: nobody means it. */
  REFUSE,
  /** The last one counts, as PyYAML and Heat have it, and a warning names both places. */
  LAST_COUNTS
}
