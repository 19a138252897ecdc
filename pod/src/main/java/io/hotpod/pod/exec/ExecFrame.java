package io.hotpod.pod.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One piece of a conversation with a command. On the wire: a byte for the kind, three zeros, the
 * length of the payload in four bytes, the payload. Immutable.
 */
public final class ExecFrame {
  /** Longest payload of one frame. */
  public static final int LONGEST = 64 * 1024;

  static final int HEADER = 8;
  private static final int RESIZE_BYTES = 4;

  private final Kind kind;
  private final byte[] payload;

  /** What a frame says, with its number on the wire. */
  public enum Kind {
    /** Bytes for the command's standard input. */
    INPUT(0),
    /** Bytes of its standard output, or of its terminal. */
    OUTPUT(1),
    /** Bytes of its standard error. */
    ERROR(2),
    /** There is no more input. */
    END_OF_INPUT(3),
    /** The person's screen has another size. */
    RESIZE(4),
    /** The command was handed over to the runtime. */
    STARTED(5),
    /** The command ended; the last frame. */
    EXIT(6),
    /** It cannot go on, and why; the last frame. */
    FAILED(7),
    /** Nothing happened, and the line still stands. */
    ALIVE(8);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  private ExecFrame(Kind kind, byte[] payload) {
    this.kind = kind;
    this.payload = payload;
  }

  /** A frame with bytes of a buffer, of which no more than {@link #LONGEST} fit into one. */
  public static ExecFrame of(Kind kind, byte[] bytes, int offset, int length) {
    requireNonNull(kind, "kind is null");
    if (length > LONGEST) {
      throw new IllegalArgumentException("too long for a frame: " + length);
    }
    return new ExecFrame(kind, Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /**
   * The kind of that number.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Kind kind(int number) {
    for (Kind kind : Kind.values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of frame has the number " + number);
  }

  /** A frame that says it all by its kind. */
  public static ExecFrame of(Kind kind) {
    return new ExecFrame(requireNonNull(kind, "kind is null"), new byte[0]);
  }

  /** The screen has so many rows and columns now. */
  public static ExecFrame resize(int rows, int columns) {
    return new ExecFrame(
        Kind.RESIZE,
        ByteBuffer.allocate(RESIZE_BYTES).putShort((short) rows).putShort((short) columns).array());
  }

  /** The command ended with this code. */
  public static ExecFrame exit(int code) {
    return new ExecFrame(Kind.EXIT, ByteBuffer.allocate(Integer.BYTES).putInt(code).array());
  }

  /** It cannot go on. */
  public static ExecFrame failed(String why) {
    byte[] bytes = why.getBytes(UTF_8);
    return of(Kind.FAILED, bytes, 0, Math.min(bytes.length, LONGEST));
  }

  public Kind kind() {
    return kind;
  }

  /** A copy of the payload. */
  public byte[] payload() {
    return payload.clone();
  }

  /** The payload of {@link Kind#FAILED}. */
  public String text() {
    return new String(payload, UTF_8);
  }

  /**
   * The payload of {@link Kind#EXIT}.
   *
   * @throws IllegalArgumentException when it is of another length
   */
  public int exitCode() {
    require(Integer.BYTES);
    return ByteBuffer.wrap(payload).getInt();
  }

  /** Rows of a {@link Kind#RESIZE}. */
  public int rows() {
    require(RESIZE_BYTES);
    return Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
  }

  /** Columns of a {@link Kind#RESIZE}. */
  public int columns() {
    require(RESIZE_BYTES);
    return Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort(Short.BYTES));
  }

  private void require(int length) {
    if (payload.length != length) {
      throw new IllegalArgumentException(kind + " has " + payload.length + " bytes");
    }
  }

  /** As it goes over the wire. */
  public byte[] encoded() {
    return ByteBuffer.allocate(HEADER + payload.length)
        .put((byte) kind.number)
        .put(new byte[3])
        .putInt(payload.length)
        .put(payload)
        .array();
  }

  /** Leaves out the payload, which may be secret. */
  @Override
  public String toString() {
    return kind + "[" + payload.length + "]";
  }
}
