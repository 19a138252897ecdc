package io.hotpod.engine.wake;

import java.util.function.Consumer;

/** Carries wake-ups between the servers on one database. Thread-safe. */
public interface Relay {
  /** For a server that is alone. */
  Relay NONE =
      new Relay() {
        @Override
        public boolean reachesOthers() {
          return false;
        }

        @Override
        public void publish(String topic) {
          // Nobody else is there.
        }

        @Override
        public void listen(Consumer<String> heard, Runnable missed) {
          // Nobody else is there.
        }
      };

  /** Whether there can be other servers, whose wake-ups can get lost on the way. */
  boolean reachesOthers();

  /** Makes the other servers hear of a topic, soon; does not wait for it. */
  void publish(String topic);

  /**
   * Tells what other servers publish from now on. Called once.
   *
   * @param heard takes a topic; must not block
   * @param missed called whenever topics may have been missed; must not block
   */
  void listen(Consumer<String> heard, Runnable missed);
}
