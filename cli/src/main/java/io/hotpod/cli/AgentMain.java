package io.hotpod.cli;

import io.hotpod.cli.process.RunAgent;
import io.hotpod.cli.session.Session;
import java.util.List;

/**
 * The process of {@code hotpod agent}. It stays for months, so it is small: arguments in their
 * usual form are read without the library for command lines, which would stay in its memory with
 * its description of every command. Whatever else they are, the agent's other commands, help and
 * mistakes among it, goes the way of every command.
 */
public final class AgentMain {
  private AgentMain() {}

  /** Runs the agent and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(Session.ofProcess(), arguments));
  }

  /**
   * Runs the agent in this process.
   *
   * @return the exit code, as of {@link Hotpod#run}
   */
  static int run(Session session, String... arguments) {
    return WithoutPicocli.run(session, RunAgent.read(session, List.of(arguments)), arguments);
  }
}
