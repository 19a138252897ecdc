package io.hotpod.cli;

import io.hotpod.cli.session.Session;
import io.hotpod.cli.session.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.ToIntFunction;

/** One run of the command inside the test, and what came of it. */
public record CommandRun(int exitCode, String out, String err) {
  /** Runs it as in a pipe. */
  public static CommandRun of(String server, Path directory, String... arguments) {
    return of(server, directory, false, arguments);
  }

  /** Runs it as the process of a hook does. */
  public static CommandRun ofHook(Path directory, String... arguments) {
    return of(
        InputStream.nullInputStream(),
        "http://127.0.0.1:1",
        directory,
        false,
        session -> HookMain.run(session, arguments));
  }

  /** Runs it as the process of an agent does. */
  public static CommandRun ofAgent(Path directory, String... arguments) {
    return of(
        InputStream.nullInputStream(),
        "http://127.0.0.1:1",
        directory,
        false,
        session -> AgentMain.run(session, arguments));
  }

  /** Runs it; {@code interactive} as on a terminal without colour. */
  public static CommandRun of(
      String server, Path directory, boolean interactive, String... arguments) {
    return of(
        InputStream.nullInputStream(),
        server,
        directory,
        interactive,
        session -> Hotpod.run(session, arguments));
  }

  private static CommandRun of(
      InputStream in,
      String server,
      Path directory,
      boolean interactive,
      ToIntFunction<Session> command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Session session =
        new Session(
            new Terminal(in, stream(out), stream(err), interactive, false),
            Map.of("HOTPOD_SERVER", server),
            directory,
            Clock.fixed(Instant.parse("2026-11-01T01:00:00Z"), ZoneOffset.UTC),
            () -> "made-id");
    int exitCode = command.applyAsInt(session);
    return new CommandRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs it with something on its standard input. */
  public static CommandRun fed(InputStream in, String server, Path directory, String... arguments) {
    return of(in, server, directory, false, session -> Hotpod.run(session, arguments));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
