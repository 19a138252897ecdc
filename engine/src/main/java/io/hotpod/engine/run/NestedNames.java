package io.hotpod.engine.run;

import java.util.UUID;

/** Names of stacks inside others, as Heat makes them: the stack, the resource, and a short id. */
final class NestedNames {
  private static final int LONGEST = 255;
  private static final int SHORT_ID = 12;
  private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";

  private NestedNames() {}

  /**
   * The name of the stack inside a resource.
   *
   * @param resourceId a UUID
   */
  static String of(String stack, String resource, String resourceId) {
    String name = stack + "-" + resource + "-" + shortId(resourceId);
    return name.length() <= LONGEST
        ? name
        : name.substring(0, 2) + "-" + name.substring(name.length() - (LONGEST - 3));
  }

  private static String shortId(String resourceId) {
    UUID id = UUID.fromString(resourceId);
    long bits = id.getMostSignificantBits() * 31 ^ id.getLeastSignificantBits();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SHORT_ID; i++) {
      text.append(BASE_32.charAt((int) (bits >>> (5 * i)) & 31));
    }
    return text.toString();
  }
}
