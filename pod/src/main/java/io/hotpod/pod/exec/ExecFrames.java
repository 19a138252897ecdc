package io.hotpod.pod.exec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts frames together from bytes that come in pieces of any size. For one thread. */
public final class ExecFrames {
  private byte[] rest = new byte[0];

  /**
   * Takes in some bytes.
   *
   * @return the frames that are complete now
   * @throws IllegalArgumentException when these are no frames
   */
  public List<ExecFrame> add(byte[] bytes, int offset, int length) {
    byte[] all = Arrays.copyOf(rest, rest.length + length);
    System.arraycopy(bytes, offset, all, rest.length, length);
    List<ExecFrame> frames = new ArrayList<>();
    int at = 0;
    while (all.length - at >= ExecFrame.HEADER) {
      ByteBuffer header = ByteBuffer.wrap(all, at, ExecFrame.HEADER);
      ExecFrame.Kind kind = kind(header.getInt());
      int size = header.getInt();
      if (size < 0 || size > ExecFrame.LONGEST) {
        throw new IllegalArgumentException("a frame of " + size + " bytes");
      }
      if (all.length - at - ExecFrame.HEADER < size) {
        break;
      }
      frames.add(ExecFrame.of(kind, all, at + ExecFrame.HEADER, size));
      at += ExecFrame.HEADER + size;
    }
    rest = Arrays.copyOfRange(all, at, all.length);
    return frames;
  }

  /** Whether a frame was begun that is not complete. */
  public boolean isPartial() {
    return rest.length > 0;
  }

  /** The first four bytes of a header: the kind and three zeros. */
  private static ExecFrame.Kind kind(int word) {
    if ((word & 0xffffff) != 0) {
      throw new IllegalArgumentException("no frame begins with %08x".formatted(word));
    }
    return ExecFrame.kind(word >>> 24);
  }
}
