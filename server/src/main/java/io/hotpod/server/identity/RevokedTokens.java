package io.hotpod.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.server.users.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Tokens that were given back before they expired, until they have. On disk before a revocation is
 * answered, so that no restart makes one good again. Thread-safe.
 */
final class RevokedTokens {
  private final Path file;
  private final Clock clock;
  private final Map<String, Instant> expiries = new ConcurrentHashMap<>();
  private final ReentrantLock writing = new ReentrantLock();

  /**
   * Reads what was revoked earlier.
   *
   * @param file one line each: id and the second of expiry
   */
  RevokedTokens(Path file, Clock clock) throws IOException {
    this.file = file;
    this.clock = clock;
    if (Files.exists(file)) {
      for (String line : new String(PrivateFile.read(file), UTF_8).lines().toList()) {
        List<String> words = List.of(line.split(" ", -1));
        if (words.size() != 2 || !words.get(1).matches("[0-9]{1,18}")) {
          throw new IOException(file + " holds a line that is no revoked token: " + line);
        }
        expiries.put(words.get(0), Instant.ofEpochSecond(Long.parseLong(words.get(1))));
      }
    }
  }

  boolean contains(String id) {
    return expiries.containsKey(id);
  }

  void add(SignedToken token) {
    writing.lock();
    try {
      Instant now = clock.instant();
      expiries.values().removeIf(expiry -> expiry.isBefore(now));
      expiries.put(token.id(), token.expiresAt());
      String lines =
          expiries.entrySet().stream()
              .map(entry -> entry.getKey() + " " + entry.getValue().getEpochSecond() + "\n")
              .collect(Collectors.joining());
      PrivateFile.write(file, lines.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("a revoked token could not be written down", e);
    } finally {
      writing.unlock();
    }
  }
}
