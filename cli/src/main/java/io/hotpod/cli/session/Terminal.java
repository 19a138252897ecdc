package io.hotpod.cli.session;

import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where a command reads and writes.
 *
 * @param in what it is given
 * @param out for what was asked for
 * @param err for errors
 * @param interactive a person watches {@code out}
 * @param colour escape sequences for colour are welcome
 */
public record Terminal(
    InputStream in, PrintStream out, PrintStream err, boolean interactive, boolean colour) {
  private static final Size USUAL = new Size(24, 80);

  public Terminal {
    requireNonNull(in, "in is null");
    requireNonNull(out, "out is null");
    requireNonNull(err, "err is null");
  }

  /** A terminal that nothing is read from. */
  public Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colour) {
    this(InputStream.nullInputStream(), out, err, interactive, colour);
  }

  /** Rows and columns of a screen. */
  public record Size(int rows, int columns) {}

  /**
   * The terminal of this process.
   *
   * @param environment obeys {@code NO_COLOR} and {@code TERM=dumb}
   * @param isTerminal whether the standard output is one, which the launcher finds out
   */
  public static Terminal ofProcess(Map<String, String> environment, boolean isTerminal) {
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean interactive = isTerminal && !dumb;
    boolean colour = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        interactive,
        colour);
  }

  /** The present size of the screen; 24 by 80 when nothing tells. Takes a few milliseconds. */
  public Size size() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new java.io.File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return USUAL;
      }
      return parse(text);
    } catch (IOException failure) {
      return USUAL;
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  static Size parse(String text) {
    int space = text.indexOf(' ');
    if (space < 1) {
      return USUAL;
    }
    try {
      int rows = Integer.parseInt(text.substring(0, space).strip());
      int columns = Integer.parseInt(text.substring(space).strip());
      return rows < 2 || columns < 10 ? USUAL : new Size(rows, columns);
    } catch (NumberFormatException failure) {
      return USUAL;
    }
  }
}
