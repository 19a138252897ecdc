package io.hotpod.cli.output;

import java.util.ArrayList;
import java.util.List;

/** A list for people: aligned columns, two spaces between, no borders. Not thread-safe. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  /** A table with a line of titles. */
  public Table(String... titles) {
    columns = titles.length;
    rows.add(List.of(titles));
  }

  /** Adds a row; it has a text for each title, possibly empty. */
  public void row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
    }
    List<String> row = new ArrayList<>(columns);
    for (String cell : cells) {
      row.add(cell.isEmpty() ? "-" : Text.oneLine(cell));
    }
    rows.add(row);
  }

  /** The lines, without spaces at their ends. */
  public List<String> lines() {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], Text.width(row.get(column)));
      }
    }
    List<String> lines = new ArrayList<>(rows.size());
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        line.append(Text.pad(row.get(column), widths[column] + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
