package io.hotpod.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/**
 * One kept connection that costs the load generator as little as can be, because it shares the
 * machine with the server. Used by one thread.
 */
final class LoadConnection implements AutoCloseable {
  private static final int LONGEST_LINE = 16 * 1024;

  private final String host;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] line = new byte[LONGEST_LINE];

  LoadConnection(URI server) {
    try {
      host = server.getAuthority();
      socket = new Socket(server.getHost(), server.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + server, e);
    }
  }

  /** The bytes of a request, to be sent many times. */
  byte[] request(String method, String path, String body) {
    byte[] content = body.getBytes(UTF_8);
    String head =
        "%s /v1/default%s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, host, content.length);
    byte[] start = head.getBytes(UTF_8);
    byte[] all = new byte[start.length + content.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(content, 0, all, start.length, content.length);
    return all;
  }

  /** Sends a request and reads the body of its answer, which has to be a good one. */
  String exchange(byte[] request) {
    try {
      out.write(request);
      String status = line();
      int length = 0;
      for (String header = line(); !header.isEmpty(); header = line()) {
        if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
        }
      }
      String body = new String(in.readNBytes(length), UTF_8);
      if (!status.startsWith("HTTP/1.1 2")) {
        throw new IllegalStateException(status + ": " + body);
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException("a request failed", e);
    }
  }

  /** Asks for a stream, and returns once its first message is there; it stays open. */
  void openStream(String path) {
    try {
      out.write(request("GET", path, ""));
      String line = line();
      if (!line.startsWith("HTTP/1.1 200")) {
        throw new IllegalStateException(line);
      }
      while (!line.startsWith("data:")) {
        line = line();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a stream failed", e);
    }
  }

  private String line() throws IOException {
    int length = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || length == line.length) {
        throw new EOFException("the server ended the connection");
      }
      line[length++] = (byte) next;
    }
    return new String(line, 0, length, ISO_8859_1).strip();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a connection", e);
    }
  }
}
