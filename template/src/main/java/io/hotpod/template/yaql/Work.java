package io.hotpod.template.yaql;

import io.hotpod.template.pattern.PatternException;
import io.hotpod.template.pattern.PatternFlag;
import io.hotpod.template.pattern.PythonPattern;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What one evaluation has done so far, against its limits. For one thread. */
final class Work {
  private final YaqlLimits limits;
  private long steps;
  private final Map<String, PythonPattern> patterns = new HashMap<>();
  private int depth;

  Work(YaqlLimits limits) {
    this.limits = limits;
  }

  YaqlLimits limits() {
    return limits;
  }

  /** What was counted so far. */
  long steps() {
    return steps;
  }

  /** Counts work that is about to be done. */
  void spend(long more) {
    steps = Weights.sum(steps, more);
    if (steps > limits.steps()) {
      throw new Failure("the expression takes more than " + limits.steps() + " steps");
    }
  }

  /** A pattern, read once however often it is used. */
  PythonPattern pattern(String text, Set<PatternFlag> flags) {
    String key = flags + text;
    PythonPattern known = patterns.get(key);
    if (known != null) {
      return known;
    }
    // Reading one is thousands of small steps, and so is its size in memory.
    spend(2000L + text.length());
    try {
      PythonPattern pattern = PythonPattern.compile(text, flags);
      patterns.put(key, pattern);
      return pattern;
    } catch (PatternException malformed) {
      throw new Failure(
          "the pattern is refused at its position %d: %s"
              .formatted(malformed.position(), malformed.getMessage()));
    }
  }

  /** Counts a search for a part, which compares it at every place of a text at worst. */
  void search(String text, String part) {
    spend(1 + (long) text.length() * part.length() / 256);
  }

  /** Counts the small steps of matching. */
  void match(long steps) {
    spend(1 + steps / 8);
  }

  /** Begins something inside something; {@link #leave} must follow. */
  void enter() {
    depth++;
    spend(1);
    if (depth > limits.depth()) {
      throw new Failure("the evaluation is nested more than " + limits.depth() + " deep");
    }
  }

  void leave() {
    depth--;
  }

  /** Refuses a size before such a value is made. */
  void refuseBytes(long bytes) {
    if (bytes > limits.valueBytes()) {
      throw new Failure(
          "a value takes %d bytes, more than the %d that are allowed"
              .formatted(bytes, limits.valueBytes()));
    }
  }

  /** Counts a value that a function made or takes, and refuses one that is too large. */
  <T extends Value> T produced(T value) {
    if (value instanceof Value.Text(String text)) {
      refuseBytes(49L + text.length());
      spend(text.length() / 8);
    } else if (value instanceof Value.Sized sized) {
      refuseBytes(56 + 8L * sized.size());
      if (value.height() > limits.depth()) {
        throw new Failure("a value is nested more than " + limits.depth() + " deep");
      }
    }
    return value;
  }

  /** Refuses to go through a collection that is too large. */
  void refuseElements(long elements) {
    if (elements > limits.collectionElements()) {
      throw new Failure(
          "a collection has more than the %d elements that are allowed"
              .formatted(limits.collectionElements()));
    }
  }
}
