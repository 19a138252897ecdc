package io.hotpod.cli.progress;

import static java.util.Objects.requireNonNull;

import io.hotpod.cli.session.Terminal;
import java.time.Clock;
import java.util.List;

/** A tree that is drawn again in place, each time with one write, so that nothing flickers. */
final class LiveView implements ProgressView {
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final Terminal terminal;
  private final Clock clock;
  private String note = "";
  private int drawn;

  LiveView(Terminal terminal, Clock clock) {
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public boolean showsDetails() {
    return true;
  }

  @Override
  public void event(EventView event) {
    note = "";
  }

  @Override
  public void quiet(Progress progress) {}

  @Override
  public void refresh(Progress progress) {
    Terminal.Size size = terminal.size();
    draw(
        Tree.lines(progress, clock.instant(), size.rows() - 2),
        size.columns(),
        progress.ending().isPresent());
  }

  @Override
  public void note(String words) {
    note = words;
  }

  private void draw(List<TreeLine> lines, int columns, boolean last) {
    StringBuilder screen = new StringBuilder();
    if (drawn > 0) {
      screen.append("\u001b[").append(drawn).append('A');
    }
    screen.append('\r');
    // One column is left free: a line that fills the last one would wrap on some terminals.
    for (TreeLine line : lines) {
      screen.append(line.render(columns - 1, terminal.colour()));
      screen.append(CLEAR_REST_OF_LINE).append('\n');
    }
    drawn = lines.size();
    if (!note.isEmpty() && !last) {
      TreeLine words = new TreeLine(0, TreeLine.Mood.PLAIN, note);
      screen.append(words.render(columns - 1, false)).append(CLEAR_REST_OF_LINE).append('\n');
      drawn++;
    }
    screen.append(CLEAR_BELOW);
    terminal.out().print(screen);
    terminal.out().flush();
  }
}
