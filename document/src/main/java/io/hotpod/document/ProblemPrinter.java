package io.hotpod.document;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows problems on a terminal: the words, the place, the line of the text with a caret under it,
 * and the advice.
 *
 * <pre>
 * error: "containrs" is not a field of a pod spec
 *   --> web.yaml:12:7 (resources.web.properties.manifest.spec)
 *    |
 * 12 |       containrs:
 *    |       ^
 *    = did you mean "containers"?
 * </pre>
 *
 * Immutable; may be used by many threads at once.
 */
public final class ProblemPrinter {
  /** Longer lines are cut around the caret. */
  private static final int WIDTH = 100;

  private final Map<String, List<String>> lines = new HashMap<>();

  /**
   * Makes a printer that knows some texts.
   *
   * @param texts by the name that locations give as their file; a problem of another text is shown
   *     without its line
   */
  public ProblemPrinter(Map<String, String> texts) {
    requireNonNull(texts, "texts is null");
    texts.forEach((file, text) -> lines.put(file, text.lines().toList()));
  }

  /** Several lines of text, ending with a line break. */
  public String print(Problem problem) {
    return print("error: ", problem);
  }

  /** The same for what does no harm by itself. */
  public String printWarning(Problem warning) {
    return print("warning: ", warning);
  }

  private String print(String label, Problem problem) {
    StringBuilder out = new StringBuilder(label).append(safe(problem.message())).append('\n');
    String path = problem.path().isEmpty() ? "" : " (" + safe(problem.path()) + ")";
    if (problem.location().isPresent()) {
      Location place = problem.location().orElseThrow();
      String margin = " ".repeat(Integer.toString(place.line()).length());
      out.append(margin).append("--> ").append(safe(place.toString())).append(path).append('\n');
      line(place).ifPresent(line -> appendLine(place, line, margin, out));
      problem
          .advice()
          .ifPresent(advice -> out.append(margin).append(" = ").append(safe(advice)).append('\n'));
    } else {
      if (!path.isEmpty()) {
        out.append(" -->").append(path).append('\n');
      }
      problem.advice().ifPresent(advice -> out.append("  = ").append(safe(advice)).append('\n'));
    }
    return out.toString();
  }

  private Optional<String> line(Location place) {
    List<String> text = lines.getOrDefault(place.file(), List.of());
    return place.line() <= text.size() ? Optional.of(text.get(place.line() - 1)) : Optional.empty();
  }

  private static void appendLine(Location place, String line, String margin, StringBuilder out) {
    int[] codePoints = line.codePoints().toArray();
    int caret = Math.min(place.column() - 1, codePoints.length);
    int start = Math.max(0, Math.min(caret - WIDTH / 2, codePoints.length - WIDTH));
    int end = Math.min(codePoints.length, start + WIDTH);
    String shown = safe(new String(codePoints, start, end - start));
    out.append(margin).append(" |\n");
    out.append(place.line()).append(" | ").append(start > 0 ? "…" : "").append(shown);
    out.append(end < codePoints.length ? "…" : "").append('\n');
    out.append(margin).append(" | ").append(" ".repeat(caret - start + (start > 0 ? 1 : 0)));
    out.append("^\n");
  }

  /** Texts come from strangers: what would steer the terminal is shown as a space. */
  private static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            codePoint ->
                safe.appendCodePoint(
                    Character.isISOControl(codePoint)
                            || Character.getType(codePoint) == Character.FORMAT
                        ? ' '
                        : codePoint));
    return safe.toString();
  }
}
