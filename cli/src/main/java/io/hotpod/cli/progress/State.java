package io.hotpod.cli.progress;

/** Pieces of Heat's combined states, such as {@code CREATE_IN_PROGRESS}. */
final class State {
  private static final String RUNNING = "_IN_PROGRESS";
  private static final String DONE = "_COMPLETE";
  private static final String FAILED = "_FAILED";

  private State() {}

  static boolean isRunning(String state) {
    return state.endsWith(RUNNING);
  }

  static boolean isDone(String state) {
    return state.endsWith(DONE);
  }

  static boolean isFailed(String state) {
    return state.endsWith(FAILED);
  }

  static String action(String state) {
    for (String end : new String[] {RUNNING, DONE, FAILED}) {
      if (state.endsWith(end)) {
        return state.substring(0, state.length() - end.length());
      }
    }
    return state;
  }
}
