package io.hotpod.cli;

import io.hotpod.cli.session.ErrorPrinter;
import io.hotpod.cli.session.Session;
import java.util.Optional;

/** Runs commands whose arguments were read without picocli. */
final class WithoutPicocli {
  private WithoutPicocli() {}

  /**
   * Runs a command in this process.
   *
   * @param command empty when its arguments are for picocli
   * @return the exit code, as of {@link Hotpod#run}
   */
  static int run(Session session, Optional<? extends Runnable> command, String... arguments) {
    if (command.isEmpty()) {
      return Hotpod.run(session, arguments);
    }
    try {
      command.get().run();
      return 0;
    } catch (RuntimeException failure) {
      return new ErrorPrinter(session).tell(failure);
    }
  }
}
