package io.hotpod.agent.runtime.podman.libpod;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A connection to Podman's service for one HTTP request. One thread may read while another writes,
 * and any may close it, which ends what the others do.
 */
final class PodmanLine implements AutoCloseable {
  private final SocketChannel channel;
  private final InputStream input;

  private PodmanLine(SocketChannel channel) {
    this.channel = channel;
    this.input = new BufferedInputStream(Channels.newInputStream(channel));
  }

  /** One that is not connected yet, so that it can be closed while it connects. */
  static PodmanLine open() throws IOException {
    return new PodmanLine(SocketChannel.open(StandardProtocolFamily.UNIX));
  }

  void connect(UnixDomainSocketAddress address) throws IOException {
    channel.connect(address);
  }

  /**
   * Asks.
   *
   * @param target path and query, encoded
   * @param headers lines without their ends
   */
  void ask(String method, String target, Iterable<String> headers, byte[] body) throws IOException {
    byte[] head = head(method, target, headers, body.length);
    write(ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip());
  }

  /** Asks with a file as the body. */
  void ask(String method, String target, Iterable<String> headers, Path body) throws IOException {
    try (FileChannel file = FileChannel.open(body, StandardOpenOption.READ)) {
      long length = file.size();
      write(ByteBuffer.wrap(head(method, target, headers, length)));
      for (long sent = 0; sent < length; ) {
        long count = file.transferTo(sent, length - sent, channel);
        if (count == 0 && sent >= file.size()) {
          throw new IOException(body + " became shorter while it was read");
        }
        sent += count;
      }
    }
  }

  private static byte[] head(String method, String target, Iterable<String> headers, long length) {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: podman\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (length > 0 || !method.equals("GET")) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  /** The beginning of the answer. */
  HttpHead answer() throws IOException {
    for (; ; ) {
      HttpHead head = HttpHead.read(input);
      if (head.status() >= 200 || head.status() == 101) {
        return head;
      }
    }
  }

  /** What follows. */
  InputStream input() {
    return input;
  }

  /** The same for who takes whatever ends it as its end. */
  InputStream inputToItsEnd() {
    return new Ending(input);
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Nothing more is written. */
  void endOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static final class Ending extends FilterInputStream {
    Ending(InputStream input) {
      super(input);
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
