package io.hotpod.server.http;

import tools.jackson.databind.JsonNode;

/** Refuses NUL characters in JSON: databases and file names cannot hold them. */
final class NulCheck {
  private static final byte[] ESCAPE = {'\\', 'u', '0', '0', '0', '0'};

  private NulCheck() {}

  /**
   * @param text from which the value was read; seldom does it have the escape at all
   * @throws ApiException when a name or a string in it holds one
   */
  static void require(byte[] text, JsonNode value) {
    if (mayHold(text) && holds(value)) {
      throw ApiException.badRequest("The body holds a NUL character (\\u0000) in a string.");
    }
  }

  private static boolean mayHold(byte[] text) {
    for (int start = 0; start + ESCAPE.length <= text.length; start++) {
      int length = 0;
      while (length < ESCAPE.length && text[start + length] == ESCAPE[length]) {
        length++;
      }
      if (length == ESCAPE.length) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(JsonNode value) {
    if (value.isString()) {
      return value.stringValue().indexOf('\0') >= 0;
    }
    return value.propertyStream().anyMatch(entry -> entry.getKey().indexOf('\0') >= 0)
        || value.valueStream().anyMatch(NulCheck::holds);
  }
}
