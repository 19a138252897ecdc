package io.hotpod.server.instance;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * Which instances are meant.
 *
 * @param key of a label that they have
 * @param value that it has; empty for any
 */
record LabelSelector(String key, Optional<String> value) {
  LabelSelector {
    requireNonNull(key, "key is null");
    requireNonNull(value, "value is null");
  }

  /** Reads {@code key=value}, or {@code key} for any value. */
  static LabelSelector parse(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new LabelSelector(text, Optional.empty())
        : new LabelSelector(text.substring(0, equals), Optional.of(text.substring(equals + 1)));
  }

  boolean matches(Map<String, String> labels) {
    return labels.containsKey(key)
        && value.map(wanted -> wanted.equals(labels.get(key))).orElse(true);
  }
}
