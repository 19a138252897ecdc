package io.hotpod.template.environment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a parameter that an earlier file has set already. */
public enum MergeStrategy {
  /** The later value counts. */
  OVERWRITE,
  /** Texts and lists are joined, maps take the later entries in. */
  MERGE,
  /** The same, and what is inside maps is joined as well. */
  DEEP_MERGE;

  /** As environments write it. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<MergeStrategy> of(String keyword) {
    return Arrays.stream(values())
        .filter(strategy -> strategy.keyword().equals(keyword))
        .findFirst();
  }

  static List<String> keywords() {
    return Arrays.stream(values()).map(MergeStrategy::keyword).toList();
  }
}
