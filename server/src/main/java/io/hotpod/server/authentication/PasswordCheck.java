package io.hotpod.server.authentication;

import static java.util.Objects.requireNonNull;

import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.RateLimit;
import io.hotpod.server.users.PasswordHash;
import io.hotpod.server.users.Secrets;
import io.hotpod.server.users.User;
import io.hotpod.server.users.WatchedUsers;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Checks passwords. Deriving a hash costs a good part of a second on purpose: so a right password
 * is remembered (as a keyed digest, in memory only), few are derived at the same time, and an
 * address that keeps guessing has to wait. Thread-safe.
 */
public final class PasswordCheck {
  private static final int REMEMBERED = 4096;
  private static final int GUESSES = 20;
  private static final double GUESSES_PER_SECOND = 0.2;
  private static final Duration QUEUE = Duration.ofSeconds(10);

  private final WatchedUsers users;
  private final RateLimit guesses;
  private final byte[] key = Secrets.random(32);
  private final Set<String> right = ConcurrentHashMap.newKeySet();
  private final Semaphore deriving;

  /**
   * What is compared for a name that there is not, so that it takes as long as for one there is.
   */
  private final PasswordHash nobodys = PasswordHash.of("", PasswordHash.ITERATIONS);

  public PasswordCheck(WatchedUsers users, Clock clock) {
    this.users = requireNonNull(users, "users is null");
    this.guesses = new RateLimit(GUESSES_PER_SECOND, GUESSES, clock);
    this.deriving = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  /**
   * The user whose password this is.
   *
   * @param address that the guess comes from
   * @throws ApiException 429 when too many wrong ones came from there, 503 when too many ask
   */
  public Optional<User> check(String name, String password, String address) {
    Duration wait = guesses.untilNext(address);
    if (!wait.isZero()) {
      throw Unauthorized.tooMany(
          "Too many wrong passwords came from this address; try again later.",
          Math.max(1, wait.toSeconds()));
    }
    Optional<User> user = users.now().named(name);
    Optional<PasswordHash> hash = user.flatMap(User::password);
    String remembered = remembered(name, hash.map(PasswordHash::text).orElse(""), password);
    if (hash.isPresent() && right.contains(remembered)) {
      return user;
    }
    boolean matches = derive(hash.orElse(nobodys), password) && hash.isPresent();
    if (!matches) {
      guesses.take(address);
      return Optional.empty();
    }
    if (right.size() >= REMEMBERED) {
      right.clear();
    }
    right.add(remembered);
    return user;
  }

  /** Changes with the hash, so another password in the file is another digest. */
  private String remembered(String name, String hash, String password) {
    return HexFormat.of().formatHex(Secrets.sign(key, name + "\n" + hash + "\n" + password));
  }

  private boolean derive(PasswordHash hash, String password) {
    try {
      if (!deriving.tryAcquire(QUEUE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return hash.matches(password);
    } finally {
      deriving.release();
    }
  }

  private static ApiException busy() {
    return new ApiException(
        503,
        "ServiceUnavailable",
        "Too many passwords are being checked; try again in a few seconds.",
        Map.of("Retry-After", "5"));
  }
}
