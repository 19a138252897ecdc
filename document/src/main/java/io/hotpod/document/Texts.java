package io.hotpod.document;

/** What a text cannot hold if it is to be stored, sent and given to a process. */
final class Texts {
  private Texts() {}

  /** The first NUL or half of a surrogate pair, which escapes can smuggle in; -1 for none. */
  static int firstUnfit(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return c;
      }
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return c;
        }
        i++;
      }
    }
    return -1;
  }
}
