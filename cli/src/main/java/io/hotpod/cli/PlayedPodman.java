package io.hotpod.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Podman whose containers run as soon as they are started, and that does nothing. So that the
 * Java machine can record for the start-up caches what is loaded to work with one.
 */
final class PlayedPodman implements AutoCloseable {
  private final ServerSocketChannel podman;
  private final AtomicInteger made = new AtomicInteger();

  /**
   * @param socket is not there yet
   */
  PlayedPodman(Path socket) throws IOException {
    podman = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    podman.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(this::serve);
  }

  /** How many containers were made. */
  int made() {
    return made.get();
  }

  @Override
  public void close() throws IOException {
    podman.close();
  }

  private void serve() {
    try {
      while (podman.isOpen()) {
        SocketChannel connection = podman.accept();
        Thread.ofVirtual().start(() -> answer(connection));
      }
    } catch (ClosedChannelException ended) {
      // It was closed.
    } catch (IOException e) {
      throw new UncheckedIOException("a connection to the played Podman", e);
    }
  }

  /** Each connection has one request. */
  private void answer(SocketChannel connection) {
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
        // Silent until the other end goes.
        input.readAllBytes();
      } else {
        output.write(response(request).getBytes(US_ASCII));
        if (request.contains("/containers/create")) {
          made.incrementAndGet();
        }
      }
    } catch (IOException gone) {
      // Nothing hangs on it: what was recorded so far is recorded.
    }
  }

  private static String response(String request) {
    String body = "{}";
    if (request.contains("/pods/json") || request.contains("/containers/json")) {
      body = "[]";
    } else if (request.contains("/json") && request.contains("/containers/")) {
      body =
          """
          {"Id": "1", "Name": "made", "State": {"Status": "running", "ExitCode": 0,
           "StartedAt": "2026-01-02T03:04:05.678901234Z"}, "ImageName": "none:1",
           "Image": "1", "NetworkSettings": {"IPAddress": "127.0.0.1"},
           "Config": {"Labels": {"hotpod.io/container": "main"}}}\
          """;
    } else if (request.contains("/json") && request.contains("/pods/")) {
      body = "{\"Id\": \"1\", \"InfraContainerID\": \"1\", \"Labels\": {}}";
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
