package io.hotpod.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Bare calls of Podman's API, to compare with: nothing between the socket and the stop watch. */
final class Libpod {
  private final Path socket;

  Libpod(Path socket) {
    this.socket = socket;
  }

  /** One call on a connection of its own. */
  String call(String method, String path, String body) {
    byte[] content = body.getBytes(UTF_8);
    String head =
        method
            + " /v4.0.0/libpod"
            + path
            + " HTTP/1.1\r\nHost: d\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + content.length
            + "\r\n\r\n";
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      write(channel, head.getBytes(UTF_8));
      write(channel, content);
      String answer = readAll(channel);
      if (!answer.startsWith("HTTP/1.1 2") && !answer.startsWith("HTTP/1.1 304")) {
        throw new IllegalStateException(method + " " + path + ": " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + " failed", e);
    }
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static String readAll(SocketChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    while (channel.read(buffer) >= 0) {
      all.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
    return all.toString(UTF_8);
  }
}
