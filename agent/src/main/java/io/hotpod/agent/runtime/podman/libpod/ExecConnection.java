package io.hotpod.agent.runtime.podman.libpod;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The connection over which Podman attaches a command. After an HTTP exchange it belongs to the
 * command, in both directions, and the end of the one must not be the end of the other. One thread
 * may read while another writes.
 */
public final class ExecConnection implements AutoCloseable {
  private static final int LONGEST_REFUSAL = 16 * 1024;
  private static final List<String> HEADERS =
      List.of("Connection: Upgrade", "Upgrade: tcp", "Content-Type: application/json");

  private final PodmanLine line;
  private HttpHead head = HttpHead.NONE;

  private ExecConnection(PodmanLine line) {
    this.line = line;
  }

  static ExecConnection connect(UnixDomainSocketAddress address) throws IOException {
    PodmanLine line = PodmanLine.open();
    try {
      line.connect(address);
    } catch (IOException e) {
      line.close();
      throw e;
    }
    return new ExecConnection(line);
  }

  /** Asks for the connection; returns once Podman has answered. */
  void ask(String target, byte[] body) throws IOException {
    line.ask("POST", target, HEADERS, body);
    head = line.answer();
  }

  /** Of the answer: 101, or 200, when the connection was given. */
  int status() {
    return head.status();
  }

  /** The body of an answer that gives no connection. */
  byte[] refusal() throws IOException {
    return head.header("Content-Length").isEmpty()
        ? new byte[0]
        : head.body(line.input()).readNBytes(LONGEST_REFUSAL);
  }

  /**
   * What the command writes; ends with it. One that ends before it has read its input makes Podman
   * close over what is left of it, which is an error for whoever reads on, after everything that
   * was written. It is the end.
   */
  public InputStream input() {
    return line.inputToItsEnd();
  }

  /** Hands it standard input. */
  public void write(byte[] bytes) throws IOException {
    line.write(ByteBuffer.wrap(bytes));
  }

  /** There is no more of that. */
  public void endInput() throws IOException {
    line.endOutput();
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
