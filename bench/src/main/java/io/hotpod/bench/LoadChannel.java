package io.hotpod.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One kept connection of a {@link LoadLoop}. It allocates nothing per request, so that no garbage
 * collection of the generator counts as the server's time. Used by one thread.
 */
final class LoadChannel {
  private static final byte[] LENGTH = "content-length:".getBytes(ISO_8859_1);
  private static final byte[] GOOD = "HTTP/1.1 2".getBytes(ISO_8859_1);

  private final SocketChannel channel;
  private ByteBuffer answer = ByteBuffer.allocateDirect(64 * 1024);

  /** Of the answer that comes in; 0 until its head is complete. */
  private int wholeLength;

  private long start;

  LoadChannel(URI server) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  void register(Selector selector) throws IOException {
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** The time of the request that is under way, as it was given. */
  long start() {
    return start;
  }

  /**
   * Sends a request.
   *
   * @param from when its time begins, by {@link System#nanoTime}
   */
  void send(byte[] request, long from) throws IOException {
    start = from;
    wholeLength = 0;
    answer.clear();
    ByteBuffer bytes = ByteBuffer.wrap(request);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Takes what is there; whether the answer, which has to be a good one, is complete. */
  boolean receive() {
    try {
      if (channel.read(answer) < 0) {
        throw new EOFException("the server ended the connection");
      }
      if (wholeLength == 0) {
        wholeLength = wholeLength();
      }
      if (wholeLength > answer.capacity()) {
        answer = ByteBuffer.allocateDirect(2 * wholeLength).put(answer.flip());
      }
      return wholeLength > 0 && answer.position() >= wholeLength;
    } catch (IOException e) {
      throw new UncheckedIOException("a request failed", e);
    }
  }

  private int wholeLength() {
    int end = endOfHead();
    if (end == 0) {
      return 0;
    }
    if (!matches(0, GOOD)) {
      throw new IllegalStateException(text());
    }
    for (int at = 0; at < end; at++) {
      if (answer.get(at) == '\n' && matches(at + 1, LENGTH)) {
        return end + number(at + 1 + LENGTH.length);
      }
    }
    throw new IllegalStateException("an answer without a length: " + text());
  }

  private int endOfHead() {
    for (int at = 3; at < answer.position(); at++) {
      if (answer.get(at) == '\n' && answer.get(at - 2) == '\n') {
        return at + 1;
      }
    }
    return 0;
  }

  private boolean matches(int from, byte[] lowerCase) {
    for (int index = 0; index < lowerCase.length; index++) {
      int here = answer.get(from + index);
      if (here != lowerCase[index] && Character.toLowerCase(here) != lowerCase[index]) {
        return false;
      }
    }
    return true;
  }

  private int number(int from) {
    int number = 0;
    int at = from;
    while (answer.get(at) == ' ') {
      at++;
    }
    for (; Character.isDigit(answer.get(at)); at++) {
      number = 10 * number + answer.get(at) - '0';
    }
    return number;
  }

  private String text() {
    return UTF_8.decode(answer.duplicate().flip()).toString();
  }
}
