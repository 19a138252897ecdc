package io.hotpod.engine.run;

import io.hotpod.engine.wake.Watch;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Ends the thread of a step that can only wait, and says how the step goes on. Thrown from within
 * the call of its type, which is made anew when there is something to see.
 */
final class Parked extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Watch watch;
  private final long end;
  private final transient Duration lookAgain;
  private final transient BooleanSupplier due;
  private final String progress;
  private final transient Supplier<GraphWalker.Outcome> rest;

  private Parked(
      Watch watch,
      long end,
      Duration lookAgain,
      BooleanSupplier due,
      String progress,
      Supplier<GraphWalker.Outcome> rest) {
    super("a step waits without a thread", null, false, false);
    this.watch = watch;
    this.end = end;
    this.lookAgain = lookAgain;
    this.due = due;
    this.progress = progress;
    this.rest = rest;
  }

  /**
   * Begins to wait.
   *
   * @param watch made before it was seen that there is nothing yet
   * @param longest after which the step goes on whatever happens
   * @param lookAgain after which a wake may have been lost
   * @param due whether there is something to go on with; asked at each wake
   * @param progress what the step has said of itself
   */
  static Parked until(
      Watch watch, Duration longest, Duration lookAgain, BooleanSupplier due, String progress) {
    long end = System.nanoTime() + longest.toNanos();
    return new Parked(
        watch,
        end,
        lookAgain,
        due,
        progress,
        () -> {
          throw new IllegalStateException("nobody says how the step goes on");
        });
  }

  String progress() {
    return progress;
  }

  /** The same with what the step has to do then. */
  Parked then(Supplier<GraphWalker.Outcome> work) {
    return new Parked(watch, end, lookAgain, due, progress, work);
  }

  /** The same with something around what the step has to do then. */
  Parked within(UnaryOperator<Supplier<GraphWalker.Outcome>> around) {
    Supplier<GraphWalker.Outcome> inner = rest;
    return then(() -> around.apply(inner).get());
  }

  /**
   * Has the rest of the step done, on another thread, once it is due.
   *
   * @param goOn given the rest
   */
  void whenDue(Consumer<Supplier<GraphWalker.Outcome>> goOn) {
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    watch.next(
        left.compareTo(lookAgain) < 0 ? left : lookAgain,
        () -> {
          if (isDue()) {
            watch.end();
            goOn.accept(rest);
          } else {
            whenDue(goOn);
          }
        });
  }

  private boolean isDue() {
    try {
      return end - System.nanoTime() <= 0 || due.getAsBoolean();
    } catch (RuntimeException | Error e) {
      // The step meets it again where it can be told.
      return true;
    }
  }
}
