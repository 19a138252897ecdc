package io.hotpod.server.http;

import io.hotpod.server.access.Grants;
import io.hotpod.server.access.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many requests each caller, and each project, has under way: those that wait hold a place
 * among all that the server answers at once, and nobody may hold them all. Thread-safe.
 */
final class Shares {
  private final int ofCaller;
  private final int ofProject;
  private final Map<String, Integer> held = new ConcurrentHashMap<>();

  Shares(RequestLimits limits) {
    this.ofCaller = limits.ofCaller();
    this.ofProject = limits.ofProject();
  }

  /** One request's part of both shares. Used by the thread of the request. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place of a caller and of a project.
   *
   * @throws ApiException 429 when either has as many as it may
   */
  Share take(Principal principal, String project) {
    return switch (principal.grants()) {
      // Who is alone on the machine with the server disturbs nobody else.
      case Grants.Everything() -> () -> {};
      case Grants.Projects projects -> take(principal.name(), "caller " + principal.id(), project);
    };
  }

  private Share take(String name, String caller, String project) {
    if (!take(caller, ofCaller)) {
      throw tooMany(name + " has", ofCaller);
    }
    String ofAll = "project " + project;
    if (!take(ofAll, ofProject)) {
      give(caller);
      throw tooMany("The project " + project + " has", ofProject);
    }
    return () -> {
      give(caller);
      give(ofAll);
    };
  }

  private boolean take(String key, int most) {
    boolean[] taken = {false};
    held.compute(
        key,
        (who, before) -> {
          int now = count(before);
          taken[0] = now < most;
          return taken[0] ? Integer.valueOf(now + 1) : before;
        });
    return taken[0];
  }

  private void give(String key) {
    held.compute(key, (who, before) -> count(before) <= 1 ? null : Integer.valueOf(before - 1));
  }

  private static int count(@Nullable Integer held) {
    return held == null ? 0 : held;
  }

  private static ApiException tooMany(String who, int most) {
    return new ApiException(
        429,
        "TooManyRequests",
        "%s %d requests under way, as many as one may have; try again when one has ended."
            .formatted(who, most),
        Map.of("Retry-After", "1"));
  }
}
