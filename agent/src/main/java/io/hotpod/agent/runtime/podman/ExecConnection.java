package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/**
 * The connection over which Podman attaches a command. After an HTTP exchange it belongs to the
 * command, in both directions, and the end of the one must not be the end of the other: that is
 * what HTTP clients do not offer. One thread may read while another writes.
 */
final class ExecConnection implements AutoCloseable {
  private static final int LONGEST_HEAD = 16 * 1024;

  private final SocketChannel channel;
  private final InputStream input;
  private int status;
  private int length = -1;

  private ExecConnection(SocketChannel channel) {
    this.channel = channel;
    this.input = new Output(Channels.newInputStream(channel));
  }

  static ExecConnection connect(UnixDomainSocketAddress address) throws IOException {
    return new ExecConnection(SocketChannel.open(address));
  }

  /** Asks for the connection; returns once Podman has answered. */
  void ask(String path, byte[] body) throws IOException {
    String head =
        "POST %s HTTP/1.1\r\nHost: podman\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
                .formatted(path)
            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n".formatted(body.length);
    write(head.getBytes(US_ASCII));
    write(body);
    String answer = head();
    String[] words = answer.lines().findFirst().orElse("").split(" ", 3);
    try {
      status = Integer.parseInt(words.length < 2 ? "" : words[1]);
      for (String line : answer.lines().toList()) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
        }
      }
    } catch (NumberFormatException e) {
      throw new IOException("the answer is not HTTP", e);
    }
  }

  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ending = 0;
    while (ending < 4) {
      int next = input.read();
      if (next < 0 || head.size() > LONGEST_HEAD) {
        throw new IOException("the answer is no whole HTTP answer");
      }
      head.write(next);
      ending = next == (ending % 2 == 0 ? '\r' : '\n') ? ending + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString(US_ASCII);
  }

  /** Of the answer: 101, or 200, when the connection was given. */
  int status() {
    return status;
  }

  /** The body of an answer that gives no connection. */
  byte[] refusal() throws IOException {
    return length < 0 ? new byte[0] : input.readNBytes(Math.min(length, LONGEST_HEAD));
  }

  /** What the command writes; ends with it. */
  InputStream input() {
    return input;
  }

  /** Hands it standard input. */
  void write(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** There is no more of that. */
  void endInput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * A command that ends before it has read its input makes Podman close over what is left of it,
   * which is an error for whoever reads on, after everything that was written. It is the end.
   */
  private static final class Output extends FilterInputStream {
    Output(InputStream channel) {
      super(channel);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (SocketException e) {
        return -1;
      }
    }
  }
}
