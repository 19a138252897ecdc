package io.hotpod.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Random lives of stacks with processes that die, by the system properties {@code hotpod.lives}
 * (how many) and {@code hotpod.lives.seed} (the first).
 */
@Isolated("it says what becomes of exceptions in every thread of the process")
final class TestLives {
  private static final int ENOUGH = 3;

  /** What a dying process says is no news here. */
  private static final Logger DYING = Logger.getLogger("io.hotpod.engine.run");

  private @TempDir Path directory;

  @Test
  void nothingIsLostAndNothingIsDoneTwice() throws Exception {
    DYING.setLevel(Level.OFF);
    Thread.setDefaultUncaughtExceptionHandler(TestLives::uncaught);
    int lives = Integer.getInteger("hotpod.lives", 25);
    long first = Long.getLong("hotpod.lives.seed", 1);
    List<String> wrong = new ArrayList<>();
    long seed = first;
    // Whatever a life that went wrong left behind is no trouble of the next one.
    while (seed < first + lives && wrong.size() < ENOUGH) {
      try (Life life = new Life(Files.createDirectory(directory.resolve("from" + seed)))) {
        while (seed < first + lives) {
          life.live(seed++);
        }
      } catch (AssertionError | RuntimeException e) {
        wrong.add("-Dhotpod.lives=1 -Dhotpod.lives.seed=%d: %s".formatted(seed - 1, e));
      }
    }
    Thread.setDefaultUncaughtExceptionHandler(null);
    assertThat(wrong).isEmpty();
  }

  private static void uncaught(Thread thread, Throwable thrown) {
    if (!(thrown instanceof DyingCommits.Died)) {
      System.err.println("Exception in thread " + thread.getName());
      thrown.printStackTrace();
    }
  }
}
