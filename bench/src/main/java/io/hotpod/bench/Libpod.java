package io.hotpod.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.pod.PodJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Bare calls of Podman's API, to compare with: nothing between the socket and the stop watch. */
final class Libpod {
  private final Path socket;

  Libpod(Path socket) {
    this.socket = socket;
  }

  /** One call on a connection of its own. */
  String call(String method, String path, String body) {
    return call("HTTP/1.1", method, path, body);
  }

  /** What Podman answers to a question, without the pieces that a newer protocol cuts it into. */
  JsonNode get(String path) {
    String answer = call("HTTP/1.0", "GET", path, "");
    return PodJson.read(answer.substring(answer.indexOf("\r\n\r\n") + 4), JsonNode.class);
  }

  private String call(String protocol, String method, String path, String body) {
    byte[] content = body.getBytes(UTF_8);
    String head =
        method
            + " /v4.0.0/libpod"
            + path
            + " "
            + protocol
            + "\r\nHost: d\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + content.length
            + "\r\n\r\n";
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      write(channel, head.getBytes(UTF_8));
      write(channel, content);
      String answer = readAll(channel);
      if (!answer.matches("(?s)HTTP/1\\.[01] (2|304).*")) {
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
