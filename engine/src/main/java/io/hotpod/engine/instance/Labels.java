package io.hotpod.engine.instance;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What people say about an instance, by the rules that Kubernetes has for labels. Pure. */
final class Labels {
  private static final int MOST = 64;
  private static final Pattern KEY =
      Pattern.compile(
          "([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[a-zA-Z0-9]([a-zA-Z0-9_.-]{0,61}[a-zA-Z0-9])?");
  private static final Pattern VALUE =
      Pattern.compile("([a-zA-Z0-9]([a-zA-Z0-9_.-]{0,61}[a-zA-Z0-9])?)?");

  private Labels() {}

  /**
   * Labels after a change.
   *
   * @param changes by key; an empty one takes the label away
   * @throws EngineException VALIDATION_FAILED for what can be no label, LIMIT_EXCEEDED for too many
   */
  static SortedMap<String, String> changed(
      Map<String, String> before, Map<String, Optional<String>> changes) {
    SortedMap<String, String> after = new TreeMap<>(before);
    changes.forEach(
        (key, value) -> {
          if (!KEY.matcher(key).matches()) {
            throw invalid(
                "\"%s\" cannot be the key of a label: it has 1 to 63 letters, digits, '_', '.' or"
                    + " '-', and may have a prefix that ends with '/'",
                key);
          }
          value.ifPresentOrElse(
              text -> {
                if (!VALUE.matcher(text).matches()) {
                  throw invalid(
                      "\"%s\" cannot be the value of a label: it has up to 63 letters, digits,"
                          + " '_', '.' or '-'",
                      text);
                }
                after.put(key, text);
              },
              () -> after.remove(key));
        });
    if (after.size() > MOST) {
      throw new EngineException(
          ErrorCode.LIMIT_EXCEEDED, "An instance has at most %d labels.".formatted(MOST));
    }
    return after;
  }

  private static EngineException invalid(String words, String what) {
    return new EngineException(ErrorCode.VALIDATION_FAILED, words.formatted(what) + ".");
  }
}
