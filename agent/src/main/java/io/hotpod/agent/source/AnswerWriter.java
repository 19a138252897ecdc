package io.hotpod.agent.source;

import java.io.IOException;
import java.io.OutputStream;

/** Writes an answer. */
public interface AnswerWriter {
  /**
   * @throws io.hotpod.agent.runtime.LogsUnavailableException when there is nothing to write, and
   *     why
   * @throws io.hotpod.agent.runtime.ExecUnavailableException the same of a command
   * @throws IOException when nobody reads any more
   */
  void write(OutputStream output) throws IOException, InterruptedException;
}
