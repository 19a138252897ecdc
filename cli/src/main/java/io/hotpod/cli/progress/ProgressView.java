package io.hotpod.cli.progress;

/** Shows progress while it happens. Used by one thread. */
interface ProgressView {
  /** Whether it shows resources and pods besides events, so that they are worth asking for. */
  boolean showsDetails();

  /** Something happened. */
  void event(EventView event);

  /** Nothing happened for a while; the resources and pods have been asked for. */
  void quiet(Progress progress);

  /** What is known has changed, or a while has passed. */
  void refresh(Progress progress);

  /** Says something about the watching itself, such as that the server does not answer. */
  void note(String words);
}
