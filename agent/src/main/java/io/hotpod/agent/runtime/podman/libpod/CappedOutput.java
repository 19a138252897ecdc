package io.hotpod.agent.runtime.podman.libpod;

import java.io.IOException;
import java.io.OutputStream;

/** Keeps the beginning and drops the rest. */
final class CappedOutput extends OutputStream {
  private final OutputStream output;
  private int left;

  CappedOutput(OutputStream output, int longest) {
    this.output = output;
    this.left = longest;
  }

  @Override
  public void write(int value) throws IOException {
    if (left > 0) {
      left--;
      output.write(value);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int kept = Math.min(left, length);
    left -= kept;
    output.write(bytes, offset, kept);
  }
}
