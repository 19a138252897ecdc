package io.hotpod.agent.runtime.podman;

import java.util.Map;

/**
 * Replaces {@code $(NAME)} by a variable's value; {@code $$} is a dollar sign; a name that is not
 * known stays as it is written. By the Kubernetes API reference (Container.command).
 */
final class Expansion {
  private Expansion() {}

  static String expand(String text, Map<String, String> variables) {
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char character = text.charAt(at);
      char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      if (character == '$' && next == '$') {
        expanded.append('$');
        at += 2;
      } else if (character == '$' && next == '(' && text.indexOf(')', at) > 0) {
        int close = text.indexOf(')', at);
        String value = variables.get(text.substring(at + 2, close));
        expanded.append(value == null ? text.substring(at, close + 1) : value);
        at = close + 1;
      } else {
        expanded.append(character);
        at++;
      }
    }
    return expanded.toString();
  }
}
