package io.hotpod.cli;

import io.hotpod.cli.process.RunHook;
import io.hotpod.cli.session.Session;
import java.util.List;

/**
 * The process of {@code hotpod hook}. heat-config starts one for each deployment, so it is quick:
 * arguments in their usual form are read without the library for command lines, which would take
 * longer than all the rest. Whatever else they are, help and mistakes among it, goes the way of
 * every command.
 */
public final class HookMain {
  private HookMain() {}

  /** Runs the hook and ends the process with its exit code. */
  public static void main(String[] arguments) {
    ProcessEnd end = ProcessEnd.prepare();
    Session session = Session.ofProcess();
    int exitCode = run(session, arguments);
    session.terminal().out().flush();
    session.terminal().err().flush();
    end.now(exitCode);
  }

  /**
   * Runs the hook in this process.
   *
   * @return the exit code, as of {@link Hotpod#run}
   */
  static int run(Session session, String... arguments) {
    return WithoutPicocli.run(session, RunHook.read(session, List.of(arguments)), arguments);
  }
}
