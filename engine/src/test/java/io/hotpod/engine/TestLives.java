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
 * (how many) and {@code hotpod.lives.seed} (the first), on the database that all tests run on.
 */
@Isolated("it says what becomes of exceptions in every thread of the process")
final class TestLives {
  private static final int ENOUGH = 3;

  /** Few enough for every run of all tests; others on the other database. */
  private static final boolean ON_POSTGRESQL =
      System.getProperty("hotpod.test.database", "sqlite").equals("postgresql");

  /** What a dying process says is no news here. */
  private static final Logger DYING = Logger.getLogger("io.hotpod.engine.run");

  private @TempDir Path directory;

  @Test
  void nothingIsLostAndNothingIsDoneTwice() throws Exception {
    DYING.setLevel(Level.OFF);
    Thread.setDefaultUncaughtExceptionHandler(TestLives::uncaught);
    int lives = Integer.getInteger("hotpod.lives", ON_POSTGRESQL ? 3 : 18);
    long first = Long.getLong("hotpod.lives.seed", ON_POSTGRESQL ? 101 : 1);
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
