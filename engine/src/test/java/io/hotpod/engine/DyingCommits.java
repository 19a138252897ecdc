package io.hotpod.engine;

import io.hotpod.engine.store.Commits;

/**
 * Lets a process die at one of its commits: that one and all later ones fail, and what the process
 * still does outside is refused by whoever asks {@link #isDead}. Thread-safe.
 */
final class DyingCommits implements Commits {
  private static final int NEVER = Integer.MAX_VALUE;

  private final int largestGroup;
  private int left = NEVER;
  private boolean written;
  private boolean dead;

  /** Each write is a commit of its own, so that it can die between any two. */
  DyingCommits() {
    this(1);
  }

  /**
   * @param largestGroup the most writes that share a commit, and are lost or durable together
   */
  DyingCommits(int largestGroup) {
    this.largestGroup = largestGroup;
  }

  /** Told to whoever writes when the process is dead. */
  static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;

    Died() {
      super("the process died here", null, false, false);
    }
  }

  /**
   * Says when to die.
   *
   * @param commits counted from now; 1 is the next
   * @param durable whether the last commit reaches the disk, though nobody is told
   */
  synchronized void dieAt(int commits, boolean durable) {
    left = commits;
    written = durable;
  }

  /** Lets it live on, unless it is dead already. */
  synchronized void spare() {
    left = NEVER;
  }

  synchronized boolean isDead() {
    return dead;
  }

  @Override
  public int largestGroup() {
    return largestGroup;
  }

  @Override
  public synchronized void before() {
    if (left != NEVER) {
      left--;
    }
    if (dead || (left == 0 && !written)) {
      dead = true;
      throw new Died();
    }
  }

  @Override
  public synchronized void after() {
    if (left == 0) {
      dead = true;
      throw new Died();
    }
  }
}
