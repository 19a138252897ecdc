package io.hotpod.agent.source;

import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodReport;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Where desired pods come from and reports go to. A source that is silent, broken or talks nonsense
 * gives nothing: only a valid set changes anything. All methods may be called from any thread.
 */
public interface Source extends AutoCloseable {
  /** Stands for: no set is known yet. */
  long NO_VERSION = -1;

  /**
   * Waits for a set other than the one that is known.
   *
   * @param known version of the newest set that was taken over; {@link #NO_VERSION} for none
   * @return empty when there was nothing new for as long as the source lets one wait
   * @throws SourceException when the source failed; nothing is known then
   */
  Optional<DesiredPods> desired(long known) throws InterruptedException;

  /**
   * The JSON in which this source gave a set, so that whoever keeps it need not write a long one
   * anew. It is given away once.
   *
   * @param set as {@link #desired} returned it
   * @return empty where it did not come as such, or something else came since
   */
  default Optional<byte[]> json(DesiredPods set) {
    return Optional.empty();
  }

  /**
   * Hands over what the agent sees.
   *
   * @throws SourceException when it did not arrive for certain
   */
  void report(PodReport report) throws InterruptedException;

  /**
   * Waits for questions about this instance's pods.
   *
   * @return empty when there were none for as long as the source lets one wait
   * @throws SourceException when the source failed
   */
  List<AgentRequest> requests() throws InterruptedException;

  /**
   * Answers a question with what the writer writes, as it writes it.
   *
   * @throws SourceException when the answer did not arrive
   */
  void answer(AgentRequest request, AnswerWriter writer) throws InterruptedException;

  /**
   * What the person says who runs a command: frames, until the person is gone. To be closed by the
   * caller; that also ends a read that waits.
   *
   * @throws SourceException when it cannot be had
   */
  default InputStream input(AgentRequest request) throws InterruptedException {
    throw new SourceException("nobody runs commands through this source");
  }

  @Override
  void close();
}
