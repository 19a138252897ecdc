package io.hotpod.agent.source.heat;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a configuration of os-collect-config: sections of {@code name = value}, where a name that
 * stands twice has its first value, names take hyphens for underscores, and a line that begins with
 * white space goes on. Pure.
 */
final class OsCollectConfig {
  private OsCollectConfig() {}

  /** Sections by name, each an object of texts, as in the metadata of a server. */
  static JsonNode read(String text) {
    ObjectNode sections = JsonNodeFactory.instance.objectNode();
    ObjectNode section = sections.putObject("DEFAULT");
    String last = "";
    for (String line : text.split("\\R", -1)) {
      String trimmed = line.strip();
      if (trimmed.isEmpty() || trimmed.startsWith("#") || trimmed.startsWith(";")) {
        continue;
      }
      if (trimmed.startsWith("[") && trimmed.endsWith("]")) {
        section = sections.withObjectProperty(trimmed.substring(1, trimmed.length() - 1));
        last = "";
      } else if (Character.isWhitespace(line.charAt(0)) && !last.isEmpty()) {
        section.put(last, section.path(last).asString("") + trimmed);
      } else {
        last = entry(section, trimmed);
      }
    }
    return sections;
  }

  private static String entry(ObjectNode section, String line) {
    int equals = line.indexOf('=');
    int colon = line.indexOf(':');
    int end = equals < 0 || (colon >= 0 && colon < equals) ? colon : equals;
    if (end < 1) {
      return "";
    }
    String name = line.substring(0, end).strip().toLowerCase(Locale.ROOT).replace('-', '_');
    if (section.has(name)) {
      return "";
    }
    section.put(name, unquoted(line.substring(end + 1).strip()));
    return name;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
