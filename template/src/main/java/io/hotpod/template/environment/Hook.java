package io.hotpod.template.environment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A breakpoint: where an operation waits until somebody clears it. */
public enum Hook {
  PRE_CREATE,
  PRE_UPDATE,
  PRE_DELETE,
  POST_CREATE,
  POST_UPDATE,
  POST_DELETE;

  /** As environments write it, such as {@code pre-create}. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The breakpoint of a keyword. */
  public static Optional<Hook> of(String keyword) {
    return Arrays.stream(values()).filter(hook -> hook.keyword().equals(keyword)).findFirst();
  }

  /** All keywords. */
  public static List<String> keywords() {
    return Arrays.stream(values()).map(Hook::keyword).toList();
  }
}
