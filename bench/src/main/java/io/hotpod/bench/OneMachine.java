package io.hotpod.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A server and one machine's agent, started from the packaged programs and connected; whoever made
 * the programs ends them.
 *
 * @param hotpod the launcher
 * @param uri where the server listens
 * @param state of the agent
 */
record OneMachine(String hotpod, URI uri, Api api, Process server, Process agent, Path state) {
  /** What the agent's instance is called. */
  static final String INSTANCE = "bench-1";

  /** Is made by {@link #start}. */
  static final String IMAGE = "localhost/hotpod-bench:1";

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  /**
   * Makes the image, starts both and waits until the agent has reported.
   *
   * @param root the directory of the project
   * @param work for state, logs and the join token
   */
  static OneMachine start(Programs programs, Path root, Path work) {
    programs.run(List.of(root.resolve("scripts/busybox-image.sh").toString(), IMAGE));
    String hotpod = root.resolve("hotpod").toString();
    String listen = "127.0.0.1:" + Programs.freePort();
    URI uri = URI.create("http://" + listen);
    Process server =
        programs.start(
            "server",
            List.of(
                hotpod,
                "server",
                "--listen",
                listen,
                "--state",
                work.resolve("server").toString()));
    Api api = new Api(uri);
    await("the server answers", () -> answers(api));
    Path token = work.resolve("join-token");
    writePrivately(
        token,
        api.call("POST", "/join_tokens", "{\"valid_minutes\": 10}")
            .path("join_token")
            .stringValue());
    Path state = work.resolve("agent");
    Process agent =
        programs.start(
            "agent",
            List.of(
                hotpod,
                "agent",
                "--server",
                uri.toString(),
                "--name",
                INSTANCE,
                "--join-token-file",
                token.toString(),
                "--state",
                state.toString()));
    await("the agent reports", () -> connected(api));
    return new OneMachine(hotpod, uri, api, server, agent, state);
  }

  /** The service that the agent started, so that all go through the same one. */
  Path podmanSocket() {
    await("the agent's Podman service listens", () -> listening().isPresent());
    return listening().orElseThrow();
  }

  private Optional<Path> listening() {
    try (Stream<Path> files = Files.walk(state)) {
      return files.filter(file -> file.endsWith("podman.sock")).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for the agent's Podman service", e);
    }
  }

  private static boolean answers(Api api) {
    try {
      api.call("GET", "/stacks", "");
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static boolean connected(Api api) {
    return api.call("GET", "/instances", "")
        .path("instances")
        .valueStream()
        .anyMatch(instance -> instance.path("connected").asBoolean(false));
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + START.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within a minute: " + what);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** Writes a file that only its owner reads. */
  static void writePrivately(Path file, String text) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
