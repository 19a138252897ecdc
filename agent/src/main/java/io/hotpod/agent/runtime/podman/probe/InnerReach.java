package io.hotpod.agent.runtime.podman.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * From inside the pod's own network: the pods of an ordinary user have no address that the machine
 * can reach. A process of several threads cannot enter the namespaces of such a pod, so that each
 * connection is held by a process of its own, which hands the bytes on. A host port would not do
 * instead: there a forwarder takes connections whether or not somebody listens in the pod.
 *
 * @param process one that runs in the pod
 */
record InnerReach(long process) implements PodReach {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int LONGEST_REFUSAL = 1000;

  /**
   * Says so when it is connected. The one that reads goes first when the server ends, the one that
   * writes when the agent does.
   */
  static final String RELAY =
      """
      exec 3<>"/dev/tcp/$0/$1" || exit 1
      echo
      cat <&0 >&3 2>/dev/null &
      exec cat <&3
      """;

  /** The pod's own address; servers need not listen on its loopback. */
  @Override
  public String host() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/net/fib_trie"))) {
      return local(lines.toList()).orElse(LOOPBACK);
    } catch (IOException | UncheckedIOException e) {
      return LOOPBACK;
    }
  }

  /** The first address in the kernel's table of routes that is the namespace's own. */
  static Optional<String> local(List<String> routes) {
    String address = "";
    for (String line : routes) {
      int leaf = line.indexOf("|-- ");
      if (leaf >= 0) {
        address = line.substring(leaf + 4).strip();
      } else if (line.contains("/32 host LOCAL") && !address.startsWith("127.")) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  @Override
  public Socket connect(int port, Duration longest) throws IOException, InterruptedException {
    Process relay = start(port);
    RelayedSocket socket = new RelayedSocket(relay);
    boolean connected = false;
    Thread deadline = Thread.ofVirtual().name("relay-deadline").start(() -> end(relay, longest));
    try {
      connected = relay.getInputStream().read() == '\n';
      if (!connected) {
        throw new SocketException(refusal(relay));
      }
      return socket;
    } finally {
      deadline.interrupt();
      if (!connected) {
        socket.close();
      }
    }
  }

  private Process start(int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "nsenter",
            "--target=" + process,
            "--user",
            "--net",
            "--preserve-credentials",
            "bash",
            "-c",
            RELAY,
            host(),
            Integer.toString(port));
    builder.environment().put("LC_ALL", "C");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IOException(
          "the pod's network cannot be entered: "
              + e.getMessage()
              + "; on Debian: apt-get install util-linux bash",
          e);
    }
  }

  private static void end(Process relay, Duration longest) {
    try {
      if (!relay.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        relay.destroyForcibly();
      }
    } catch (InterruptedException e) {
      // Connected.
      Thread.currentThread().interrupt();
    }
  }

  /** The end of what it said, such as {@code Connection refused}. */
  private static String refusal(Process relay) throws IOException {
    try (InputStream error = relay.getErrorStream()) {
      String text = new String(error.readNBytes(LONGEST_REFUSAL), UTF_8).strip();
      return text.isEmpty() ? "timed out" : text.substring(text.lastIndexOf(": ") + 1).strip();
    }
  }
}
