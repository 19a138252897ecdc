package io.hotpod.engine.feed;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.event.EventScope;
import io.hotpod.engine.event.FeedEvent;
import java.util.List;

/** What a follower wants to know. */
record Interest(String project, EventScope scope) {
  Interest {
    requireNonNull(project, "project is null");
    requireNonNull(scope, "scope is null");
  }

  boolean includes(FeedEvent event) {
    return event.stack().project().equals(project)
        && switch (scope) {
          case EventScope.Project() -> true;
          case EventScope.Tree(String stackId, int depth) ->
              isWithin(event.lineage(), stackId, depth);
        };
  }

  private static boolean isWithin(List<FeedEvent.Place> lineage, String stackId, int depth) {
    for (int level = 0; level <= Math.min(depth, lineage.size() - 1); level++) {
      if (lineage.get(level).id().equals(stackId)) {
        return true;
      }
    }
    return false;
  }
}
