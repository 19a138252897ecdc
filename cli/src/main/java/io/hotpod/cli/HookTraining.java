package io.hotpod.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.http.ClientsAlone;
import io.hotpod.cli.session.Session;
import io.hotpod.cli.session.Terminal;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;

/**
 * Runs the hook against a Podman that is played, so that the Java machine can record for the
 * start-up cache what it loads. Used when the program is packaged.
 */
final class HookTraining {
  private HookTraining() {}

  /**
   * @param arguments a directory for state, that of the socket too
   */
  public static void main(String[] arguments) throws IOException {
    ClientsAlone.ofThisProcess();
    ProcessEnd.prepare();
    Path directory = Path.of(arguments[arguments.length - 1]);
    UnixDomainSocketAddress address =
        UnixDomainSocketAddress.of(directory.resolve("podman.sock").toString());
    try (ServerSocketChannel podman = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      podman.bind(address);
      Thread.ofVirtual().start(() -> serve(podman));
      for (String action : new String[] {"DELETE", "CREATE", "DELETE"}) {
        System.setIn(new ByteArrayInputStream(config(action).getBytes(UTF_8)));
        HookMain.run(
            session(),
            "hook",
            "--state",
            directory.resolve("state").toString(),
            "--podman-socket",
            address.getPath().toString());
      }
    }
  }

  /** Gives up after a second: a pod that is played does not become ready. */
  private static String config(String action) {
    return """
    {"id": "1", "name": "web", "group": "kubelet", "options": {"timeout": 1},
     "inputs": [{"name": "deploy_action", "value": "%s"}],
     "config": {"version": "v1beta2",
       "containers": [{"name": "web", "image": "none", "command": ["true"]}]}}\
    """
        .formatted(action);
  }

  private static Session session() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    return new Session(
        new Terminal(nowhere, nowhere, false, false),
        System.getenv(),
        Path.of(""),
        Clock.systemUTC(),
        () -> "00000000-0000-0000-0000-000000000000");
  }

  private static void serve(ServerSocketChannel podman) {
    try {
      while (podman.isOpen()) {
        SocketChannel connection = podman.accept();
        Thread.ofVirtual().start(() -> answer(connection));
      }
    } catch (ClosedChannelException ended) {
      // The hook is done.
    } catch (IOException e) {
      throw new UncheckedIOException("a connection to the played Podman", e);
    }
  }

  /** Each connection has one request. */
  private static void answer(SocketChannel connection) {
    try (connection) {
      InputStream input = Channels.newInputStream(connection);
      String request = line(input);
      int length = 0;
      for (String header = line(input); !header.isEmpty(); header = line(input)) {
        String lower = header.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
        }
      }
      input.readNBytes(length);
      OutputStream output = Channels.newOutputStream(connection);
      if (request.contains("/events")) {
        output.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(US_ASCII));
        // Silent until the hook goes.
        input.readAllBytes();
      } else {
        output.write(response(request).getBytes(US_ASCII));
      }
    } catch (IOException gone) {
      // Nothing hangs on it: what was recorded so far is recorded.
    }
  }

  private static String response(String request) {
    String body = "{}";
    if (request.contains("s/json")) {
      body = "[]";
    } else if (request.contains("/images/") || request.contains("/create")) {
      body = "{\"Id\": \"1\"}";
    }
    return "HTTP/1.1 200 OK"
        + "\r\nLibpod-API-Version: 4.3.1\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String line(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = input.read(); each != '\n'; each = input.read()) {
      if (each < 0) {
        throw new EOFException("it ended in the middle of a request");
      }
      if (each != '\r') {
        line.append((char) each);
      }
    }
    return line.toString();
  }
}
