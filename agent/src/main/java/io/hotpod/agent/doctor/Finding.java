package io.hotpod.agent.doctor;

import static java.util.Objects.requireNonNull;

/**
 * What was found about one thing.
 *
 * @param subject such as {@code podman}
 * @param words what is so, for people
 * @param advice what to do; empty when nothing has to be done
 */
public record Finding(Verdict verdict, String subject, String words, String advice) {
  /** How it is. */
  public enum Verdict {
    /** As it should be. */
    GOOD,
    /** An agent runs, and something will not be as expected. */
    DOUBTFUL,
    /** An agent cannot do its work. */
    BAD
  }

  public Finding {
    requireNonNull(verdict, "verdict is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(words, "words is null");
    requireNonNull(advice, "advice is null");
  }

  static Finding good(String subject, String words) {
    return new Finding(Verdict.GOOD, subject, words, "");
  }

  static Finding doubtful(String subject, String words, String advice) {
    return new Finding(Verdict.DOUBTFUL, subject, words, advice);
  }

  static Finding bad(String subject, String words, String advice) {
    return new Finding(Verdict.BAD, subject, words, advice);
  }
}
