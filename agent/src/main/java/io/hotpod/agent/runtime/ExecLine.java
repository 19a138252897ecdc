package io.hotpod.agent.runtime;

import io.hotpod.pod.exec.ExecFrame;
import java.io.IOException;
import java.util.Optional;

/** The line between a command and the person who runs it. Reading and writing may be concurrent. */
public interface ExecLine {
  /**
   * Tells the person something.
   *
   * @throws IOException when the person is gone
   */
  void tell(ExecFrame frame) throws IOException;

  /**
   * Waits for what the person says.
   *
   * @return empty once the person is gone
   */
  Optional<ExecFrame> hear() throws InterruptedException;
}
