package io.hotpod.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One process of the packaged command. Its output goes to a log, which later runs append to. */
final class HotpodProcess {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(30);

  private final List<String> command;
  private final Path log;
  private final Process process;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final Thread reader;

  private HotpodProcess(List<String> command, Path log, Process process, String sign) {
    this.command = command;
    this.log = log;
    this.process = process;
    reader = Thread.ofVirtual().start(() -> read(sign));
  }

  /**
   * Starts the command.
   *
   * @param log for both of its outputs
   * @param sign how the line begins by which it says that it is ready
   * @param arguments such as {@code dev}
   */
  static HotpodProcess start(
      Path log, String sign, Map<String, String> environment, List<String> arguments) {
    return start(Project.launcher(), log, sign, environment, arguments);
  }

  /** The same of another launcher than that of the source tree. */
  static HotpodProcess start(
      Path launcher,
      Path log,
      String sign,
      Map<String, String> environment,
      List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return new HotpodProcess(command, log, builder.start(), sign);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  private void read(String sign) {
    try (BufferedReader output = process.inputReader();
        Writer copy =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        copy.write(line + "\n");
        copy.flush();
        if (line.startsWith(sign)) {
          ready.complete(line.substring(sign.length()).strip());
        }
      }
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
    ready.completeExceptionally(new IOException("it ended before it was ready"));
  }

  /** Waits for the ready line and gives the rest of it. */
  String awaitReady() {
    try {
      return ready.get(START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("not ready: " + command + "\n" + tail(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The services of Podman that this process has started and that run. */
  List<ProcessHandle> podmanServices() {
    return process.descendants().filter(HotpodProcess::isPodmanService).toList();
  }

  private static boolean isPodmanService(ProcessHandle handle) {
    ProcessHandle.Info info = handle.info();
    return info.command().map(path -> path.endsWith("/podman")).orElse(false)
        && info.arguments().map(words -> Arrays.asList(words).contains("service")).orElse(false);
  }

  /** What {@code kill -9} does; returns when it is dead. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** What {@code kill -9} does, a time after this moment. */
  void killAfter(Duration delay) {
    stayAliveFor(delay);
    kill();
  }

  /** Returns after a time; a process that ends before fails the test. */
  void stayAliveFor(Duration time) {
    try {
      if (process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("ended by itself: " + command + "\n" + tail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + command + " ran", e);
    }
  }

  /** What SIGTERM does; returns when it has ended. */
  int stop() {
    process.destroy();
    return awaitEnd();
  }

  private int awaitEnd() {
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end: " + command + "\n" + tail());
      }
      reader.join(END);
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the end of " + command, e);
    }
  }

  /** All that was written so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  private String tail() {
    List<String> lines = log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }
}
