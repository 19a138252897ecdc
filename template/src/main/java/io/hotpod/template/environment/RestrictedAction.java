package io.hotpod.template.environment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an update may not do to a resource. */
public enum RestrictedAction {
  UPDATE,
  REPLACE;

  /** As environments write it. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<RestrictedAction> of(String keyword) {
    return Arrays.stream(values()).filter(action -> action.keyword().equals(keyword)).findFirst();
  }

  static List<String> keywords() {
    return Arrays.stream(values()).map(RestrictedAction::keyword).toList();
  }
}
