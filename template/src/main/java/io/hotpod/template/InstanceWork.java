package io.hotpod.template;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The work that one round through all values of a template instance takes. A value that is worked
 * out again and again counts once, with the most that it took: how often is the caller's affair,
 * how much is the template's. For any thread; values that are worked out at the same time may
 * together go somewhat beyond the limit.
 */
final class InstanceWork {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> most = new HashMap<>();
  private long total;

  /**
   * Works a value out.
   *
   * @param value its name among the values of the instance
   * @throws io.hotpod.document.DocumentException when the round has become too much work
   */
  <T> T count(String value, Function<WorkBudget, T> work) {
    WorkBudget budget = new WorkBudget(left(value));
    try {
      return work.apply(budget);
    } finally {
      // Most values are no work worth remembering.
      if (budget.spent() > 0) {
        add(value, budget.spent());
      }
    }
  }

  private long left(String value) {
    lock.lock();
    try {
      return WorkBudget.MOST_STEPS - total + most.getOrDefault(value, 0L);
    } finally {
      lock.unlock();
    }
  }

  private void add(String value, long spent) {
    lock.lock();
    try {
      long before = most.getOrDefault(value, 0L);
      if (spent > before) {
        most.put(value, spent);
        total += spent - before;
      }
    } finally {
      lock.unlock();
    }
  }
}
