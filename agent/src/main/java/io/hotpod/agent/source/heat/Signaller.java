package io.hotpod.agent.source.heat;

/** Tells Heat what became of a deployment, once. */
interface Signaller {
  /**
   * Sends a signal.
   *
   * @throws io.hotpod.agent.source.SourceException when it did not arrive and may later
   * @throws SignalRefusedException when it never will
   */
  void send(SignalRecord signal) throws InterruptedException;
}
