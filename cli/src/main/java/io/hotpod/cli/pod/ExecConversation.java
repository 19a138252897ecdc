package io.hotpod.cli.pod;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.ApiException;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.client.UnreachableException;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Terminal;
import io.hotpod.pod.exec.ExecFrame;
import io.hotpod.pod.exec.ExecFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.node.ObjectNode;

/** The person's side of a command in a container. */
final class ExecConversation {
  private static final int PIECE = 256 * 1024;

  private final ApiClient api;
  private final String path;
  private final Terminal terminal;
  private final RawTerminal screen;
  private Optional<Integer> exitCode = Optional.empty();
  private volatile Optional<RuntimeException> unheard = Optional.empty();

  ExecConversation(ApiClient api, String path, Terminal terminal, RawTerminal screen) {
    this.api = api;
    this.path = path;
    this.terminal = terminal;
    this.screen = screen;
  }

  /**
   * Runs the command until it ends.
   *
   * @return its exit code
   * @throws CommandFailure when the conversation broke off
   */
  int hold(ObjectNode request, boolean withInput) {
    ApiClient.Conversation conversation = api.converse(path, request);
    String inputPath = path + "/" + Paths.encode(conversation.id()) + "/input";
    // Reading the standard input cannot be interrupted, so nobody waits for these to end.
    if (withInput) {
      Thread.ofPlatform().daemon().name("input").start(() -> sendInput(inputPath));
    }
    if (screen.isTaken()) {
      Semaphore changes = new Semaphore(0);
      screen.onResize(changes::release);
      Thread.ofPlatform().daemon().name("screen").start(() -> sendSizes(inputPath, changes));
    }
    try (InputStream output = conversation.output()) {
      ExecFrames frames = new ExecFrames();
      byte[] buffer = new byte[16 * 1024];
      for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
        frames.add(buffer, 0, read).forEach(this::show);
        terminal.out().flush();
        if (terminal.out().checkError()) {
          throw CommandFailure.of("nobody reads what the command writes, so it was ended.");
        }
      }
    } catch (IOException | IllegalArgumentException failure) {
      throw brokenOff(String.valueOf(failure.getMessage()));
    }
    return exitCode.orElseThrow(() -> brokenOff("the server ended it"));
  }

  private CommandFailure brokenOff(String why) {
    String reason = unheard.map(RuntimeException::getMessage).orElse(why);
    return CommandFailure.of(
        "the conversation with the command broke off: " + reason,
        "The command is ended there as soon as its instance notices.");
  }

  private void show(ExecFrame frame) {
    byte[] bytes = frame.payload();
    switch (frame.kind()) {
      case OUTPUT -> terminal.out().write(bytes, 0, bytes.length);
      case ERROR -> {
        terminal.err().write(bytes, 0, bytes.length);
        terminal.err().flush();
      }
      case EXIT -> exitCode = Optional.of(frame.exitCode());
      case FAILED -> throw CommandFailure.of("the instance ended the command: " + frame.text());
      case INPUT, END_OF_INPUT, RESIZE, STARTED, ALIVE -> {}
    }
  }

  private void sendInput(String inputPath) {
    byte[] buffer = new byte[PIECE];
    try {
      InputStream in = terminal.in();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        say(inputPath, frames(buffer, read));
      }
      say(inputPath, ExecFrame.of(ExecFrame.Kind.END_OF_INPUT).encoded());
    } catch (ApiException | UnreachableException failure) {
      // A command may end before it has read everything; the other side says what became of it.
      unheard = Optional.of(failure);
    } catch (IOException failure) {
      unheard = Optional.of(CommandFailure.of("the input cannot be read: " + failure.getMessage()));
    }
  }

  private static byte[] frames(byte[] buffer, int length) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream(length + 64);
    for (int at = 0; at < length; at += ExecFrame.LONGEST) {
      int size = Math.min(ExecFrame.LONGEST, length - at);
      frames.writeBytes(ExecFrame.of(ExecFrame.Kind.INPUT, buffer, at, size).encoded());
    }
    return frames.toByteArray();
  }

  /** The server says so where the command takes nothing for a while; it has taken nothing then. */
  private void say(String inputPath, byte[] bytes) {
    for (; ; ) {
      try {
        api.say(inputPath, bytes);
        return;
      } catch (ApiException refusal) {
        if (!refusal.type().equals("InputNotTaken")) {
          throw refusal;
        }
      }
    }
  }

  private void sendSizes(String inputPath, Semaphore changes) {
    try {
      for (; ; ) {
        changes.acquire();
        changes.drainPermits();
        Terminal.Size now = terminal.size();
        say(inputPath, ExecFrame.resize(now.rows(), now.columns()).encoded());
      }
    } catch (ApiException | UnreachableException | InterruptedException _) {
      // A screen of the wrong size disturbs nobody who is not there any more.
    }
  }
}
