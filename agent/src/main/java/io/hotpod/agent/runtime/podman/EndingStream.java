package io.hotpod.agent.runtime.podman;

import io.helidon.common.buffers.DataReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body whose end is the end of the connection, as Podman sends for the output of an exec: the
 * client reports that end as missing data.
 */
final class EndingStream extends FilterInputStream {
  EndingStream(InputStream body) {
    super(body);
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (DataReader.InsufficientDataAvailableException e) {
      return -1;
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (DataReader.InsufficientDataAvailableException e) {
      return -1;
    }
  }
}
