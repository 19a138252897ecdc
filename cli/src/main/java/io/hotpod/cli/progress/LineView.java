package io.hotpod.cli.progress;

import static java.util.Objects.requireNonNull;

import io.hotpod.cli.output.Text;
import java.io.PrintStream;

/** One line per event, for logs and pipes. */
final class LineView implements ProgressView {
  private final PrintStream out;

  LineView(PrintStream out) {
    this.out = requireNonNull(out, "out is null");
  }

  @Override
  public boolean showsDetails() {
    return false;
  }

  @Override
  public void event(EventView event) {
    out.println(line(event));
  }

  @Override
  public void refresh(Progress progress) {}

  @Override
  public void note(String words) {
    out.println(words);
  }

  /** {@code 2026-11-23T14:33:12Z web CREATE_COMPLETE why}. */
  static String line(EventView event) {
    String line =
        event.time()
            + "  "
            + Text.pad(Text.oneLine(event.resource()), 20)
            + "  "
            + Text.pad(event.status(), 20)
            + "  "
            + Text.oneLine(event.words());
    return line.stripTrailing();
  }
}
