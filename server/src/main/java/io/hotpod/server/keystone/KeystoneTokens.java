package io.hotpod.server.keystone;

import static java.util.Objects.requireNonNull;

import io.hotpod.server.access.Grants;
import io.hotpod.server.access.Principal;
import io.hotpod.server.access.Role;
import io.hotpod.server.users.Secrets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Whose tokens are shown, by what Keystone says. An answer is remembered for a short while, so that
 * a revoked token is good no longer than that. Thread-safe.
 */
final class KeystoneTokens {
  /** How long a revoked token may still be taken. */
  static final Duration REMEMBERED = Duration.ofSeconds(30);

  private static final int MOST = 20_000;

  private final KeystoneClient client;
  private final Clock clock;

  /** By digest, so that a dump of the memory gives less away. */
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  /** Questions that are not answered yet, by the same digest. */
  private final Map<String, CompletableFuture<Answer>> asking = new ConcurrentHashMap<>();

  private record Answer(Optional<Principal> principal, Instant until) {}

  KeystoneTokens(KeystoneClient client, Clock clock) {
    this.client = requireNonNull(client, "client is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Who shows a token; empty when it is not good. */
  Optional<Principal> principal(String token) {
    Instant now = clock.instant();
    String key = Secrets.digest(token);
    Answer known = answers.get(key);
    if (known != null && known.until().isAfter(now)) {
      return known.principal();
    }
    return askOnce(key, token, now).principal();
  }

  /** Asks, unless another request asks about the same token already; its answer is theirs too. */
  private Answer askOnce(String key, String token, Instant now) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> other = asking.putIfAbsent(key, mine);
    if (other != null) {
      return answerOf(other);
    }
    try {
      Answer answer = ask(token, now);
      remember(key, answer, now);
      mine.complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      asking.remove(key);
    }
  }

  /** It comes within the deadline of what was asked. */
  private static Answer answerOf(CompletableFuture<Answer> asked) {
    try {
      return asked.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException refusal ? refusal : e;
    }
  }

  private void remember(String key, Answer answer, Instant now) {
    if (answers.size() >= MOST) {
      answers.values().removeIf(old -> !old.until().isAfter(now));
      if (answers.size() >= MOST) {
        answers.clear();
      }
    }
    answers.put(key, answer);
  }

  private Answer ask(String token, Instant now) {
    Instant until = now.plus(REMEMBERED);
    Optional<JsonNode> described = client.describe(token);
    if (described.isEmpty()) {
      return new Answer(Optional.empty(), until);
    }
    Instant expiry = expiry(described.get());
    return expiry.isAfter(now)
        ? new Answer(
            Optional.of(principal(described.get())), expiry.isBefore(until) ? expiry : until)
        : new Answer(Optional.empty(), until);
  }

  private static Instant expiry(JsonNode token) {
    try {
      return Instant.parse(token.path("expires_at").asString(""));
    } catch (DateTimeException strange) {
      return Instant.MIN;
    }
  }

  private static Principal principal(JsonNode token) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    token
        .path("roles")
        .valueStream()
        .map(role -> role.path("name").asString(""))
        .flatMap(name -> Role.of(name).stream())
        .forEach(roles::add);
    String project = token.path("project").path("id").asString("");
    return new Principal(
        token.path("user").path("id").asString(""),
        token.path("user").path("name").asString(""),
        new Grants.Projects(project.isEmpty() ? Map.of() : Map.of(project, roles)));
  }
}
