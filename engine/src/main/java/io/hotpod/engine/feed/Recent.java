package io.hotpod.engine.feed;

import io.hotpod.engine.event.FeedEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest events, kept so that many followers read each from the database once.
 *
 * @param after every event with a greater number, up to the next, is here
 * @param upTo the greatest number that was read
 */
record Recent(long after, long upTo, List<FeedEvent> events) {
  private static final int MOST = 1000;

  Recent {
    events = List.copyOf(events);
  }

  /** Nothing yet. */
  static Recent from(long number) {
    return new Recent(number, number, List.of());
  }

  /** These and newer ones; the oldest are left out. */
  Recent with(List<FeedEvent> newer, long number) {
    List<FeedEvent> all = new ArrayList<>(events);
    all.addAll(newer);
    if (all.size() <= MOST) {
      return new Recent(after, number, all);
    }
    int cut = all.size() - MOST;
    return new Recent(all.get(cut - 1).event().number(), number, all.subList(cut, all.size()));
  }

  /** Whether whoever stands there finds everything that came later here. */
  boolean covers(long position) {
    return position >= after;
  }
}
