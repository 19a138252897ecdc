package io.hotpod.agent.source;

import java.io.IOException;
import java.io.OutputStream;

/** Writes an answer. */
public interface LogWriter {
  /**
   * @throws io.hotpod.agent.runtime.LogsUnavailableException when there is nothing to write, and
   *     why
   * @throws IOException when nobody reads any more
   */
  void write(OutputStream output) throws IOException, InterruptedException;
}
