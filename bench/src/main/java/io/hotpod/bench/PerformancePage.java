package io.hotpod.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The tables of {@code docs/performance.md}, each between marks of its own. */
final class PerformancePage {
  private final Path page;

  /**
   * The page of a project.
   *
   * @param root the directory of the project
   */
  PerformancePage(Path root) {
    this.page = root.toAbsolutePath().resolve("docs/performance.md");
  }

  /**
   * Puts figures in the place of those that were taken before, and prints them.
   *
   * @param marks what its marks call the table
   * @param rows the figures by what was measured
   */
  void write(String marks, Map<String, String> rows) throws IOException {
    StringBuilder table = new StringBuilder("| what | median (least–most) |\n|---|---|\n");
    rows.forEach((what, figure) -> table.append("| %s | %s |\n".formatted(what, figure)));
    System.out.print(table);
    String beginMark = "<!-- " + marks + ": begin -->";
    String endMark = "<!-- " + marks + ": end -->";
    String text = Files.readString(page);
    int begin = text.indexOf(beginMark);
    int end = text.indexOf(endMark);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(page + " lacks the marks " + beginMark + " and " + endMark);
    }
    Path next = page.resolveSibling("performance.md.new");
    Files.writeString(
        next, text.substring(0, begin) + beginMark + "\n" + table + text.substring(end));
    Files.move(next, page, StandardCopyOption.REPLACE_EXISTING);
  }
}
