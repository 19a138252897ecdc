package io.hotpod.cli.pod;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hotpod.cli.session.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/**
 * The person's terminal while it is another program's: every key goes there as it is. It is given
 * back when this is closed, and when the process ends.
 */
final class RawTerminal implements AutoCloseable {
  private static final File TERMINAL = new File("/dev/tty");

  private final Optional<String> before;
  private final Thread atExit;

  private RawTerminal(Optional<String> before) {
    this.before = before;
    this.atExit = Thread.ofPlatform().name("terminal").unstarted(this::giveBack);
  }

  /** No terminal: nothing is changed. */
  static RawTerminal none() {
    return new RawTerminal(Optional.empty());
  }

  /**
   * Takes the terminal of this process.
   *
   * @throws CommandFailure when its standard input is none
   */
  static RawTerminal take() {
    boolean isTerminal =
        stty(new ProcessBuilder("test", "-t", "0").redirectInput(ProcessBuilder.Redirect.INHERIT))
            .isPresent();
    Optional<String> before =
        isTerminal ? stty(new ProcessBuilder("stty", "-g")) : Optional.empty();
    if (before.isEmpty()) {
      throw CommandFailure.usage(
          "-t together with -i needs a terminal, and the standard input is none; leave out -t.");
    }
    RawTerminal taken = new RawTerminal(before);
    Runtime.getRuntime().addShutdownHook(taken.atExit);
    stty(new ProcessBuilder("stty", "raw", "-echo"));
    return taken;
  }

  /** Whether there is one. */
  boolean isTaken() {
    return before.isPresent();
  }

  /**
   * Runs the listener, which must not block, whenever the terminal has another size. By reflection,
   * because the compiler warns of this class in a way that nothing silences; a Java without it
   * leaves the size as it was.
   */
  void onResize(Runnable listener) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object listening =
          Proxy.newProxyInstance(
              RawTerminal.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                listener.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("WINCH"), listening);
    } catch (ReflectiveOperationException _) {
      // As said above.
    }
  }

  private void giveBack() {
    before.ifPresent(settings -> stty(new ProcessBuilder(List.of("stty", settings))));
  }

  @Override
  public void close() {
    if (before.isPresent()) {
      giveBack();
      Runtime.getRuntime().removeShutdownHook(atExit);
    }
  }

  /** What the program says; empty when it fails. */
  private static Optional<String> stty(ProcessBuilder program) {
    try {
      if (!program.redirectInput().equals(ProcessBuilder.Redirect.INHERIT)) {
        program.redirectInput(TERMINAL);
      }
      Process process = program.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
      return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException failure) {
      return Optional.empty();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
