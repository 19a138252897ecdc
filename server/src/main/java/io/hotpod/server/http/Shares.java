package io.hotpod.server.http;

import io.hotpod.server.access.Grants;
import io.hotpod.server.access.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many places each caller, and each project, holds among all of a kind that the server has,
 * such as requests that it answers at once: one caller gets a quarter at most, and all of a project
 * together half, so that nobody holds them all. Thread-safe.
 */
public final class Shares {
  private final String what;
  private final int ofCaller;
  private final int ofProject;
  private final Map<String, Integer> held = new ConcurrentHashMap<>();

  /**
   * @param all how many places there are
   * @param what has one, in words: {@code requests under way}
   */
  public Shares(int all, String what) {
    this.ofCaller = Math.max(1, all / 4);
    this.ofProject = Math.max(1, all / 2);
    this.what = what;
  }

  /** A place in both shares. To be given back once. */
  public interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place of a caller and of a project.
   *
   * @throws ApiException 429 when either has as many as it may
   */
  public Share take(Principal principal, String project) {
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

  private ApiException tooMany(String who, int most) {
    return new ApiException(
        429,
        "TooManyRequests",
        "%s %d %s, as many as one may have; try again when one has ended."
            .formatted(who, most, what),
        Map.of("Retry-After", "1"));
  }
}
