package io.hotpod.cli.output;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Names and values of one thing, a line each; what is empty is left out. Not thread-safe. */
public final class Details {
  private final List<String[]> rows = new ArrayList<>();

  /** Adds a value of the API. */
  public void add(String name, JsonNode value) {
    add(name, value.isString() ? value.stringValue() : value.isValueNode() ? plain(value) : "");
  }

  /** Adds a text. */
  public void add(String name, String value) {
    if (!value.isEmpty()) {
      rows.add(new String[] {name, value});
    }
  }

  /** The lines, values aligned; those of many lines go on below each other. */
  public List<String> lines() {
    int width = rows.stream().mapToInt(row -> Text.width(row[0])).max().orElse(0) + 2;
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      String name = row[0];
      for (String line : row[1].lines().toList()) {
        lines.add((Text.pad(name, width) + Text.oneLine(line)).stripTrailing());
        name = "";
      }
    }
    return lines;
  }

  private static String plain(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "" : value.toString();
  }
}
