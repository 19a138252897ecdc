package io.hotpod.engine.instance;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.InstanceTable;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** How machines become instances: with a join token, once. Thread-safe. */
final class Enrolments {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");

  private final Database database;
  private final Clock clock;
  private final Supplier<String> ids;
  private final SecureRandom random;

  Enrolments(Database database, Clock clock, Supplier<String> ids, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
  }

  /** As {@link InstanceService#createJoinToken}. */
  JoinToken createJoinToken(Caller caller, Duration validFor) {
    JoinToken token = new JoinToken(Digests.newSecret(random), clock.instant().plus(validFor));
    database
        .writer()
        .write(
            handle -> {
              InstanceTable.insertJoinToken(
                  handle, Digests.of(token.secret()), caller.project(), token.expiresAt());
              return token;
            });
    return token;
  }

  /** As {@link InstanceService#enrol}. */
  Enrolment enrol(String joinToken, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new EngineException(
          ErrorCode.VALIDATION_FAILED,
          "An instance name has 1 to 63 letters, digits, '_', '.' or '-': \"%s\"".formatted(name));
    }
    String digest = Digests.of(joinToken);
    String credential = Digests.newSecret(random);
    return database.writer().write(handle -> enrol(handle, digest, name, credential));
  }

  private Enrolment enrol(Handle handle, String tokenDigest, String name, String credential) {
    InstanceTable.JoinTokenRow token =
        InstanceTable.findJoinToken(handle, tokenDigest)
            .filter(each -> each.expiresAt().isAfter(clock.instant()))
            .orElseThrow(Enrolments::badToken);
    Optional<InstanceTable.Row> taken = InstanceTable.findByName(handle, token.project(), name);
    if (token.instanceId().isPresent()) {
      InstanceTable.Row again =
          taken
              .filter(row -> row.id().equals(token.instanceId().get()) && !row.credentialUsed())
              .orElseThrow(Enrolments::badToken);
      InstanceTable.changeCredential(handle, again.id(), Digests.of(credential), clock.instant());
      return new Enrolment(again.id(), credential);
    }
    if (taken.isPresent() && CredentialAge.isExpired(taken.get(), clock.instant())) {
      // A machine that was away for too long comes back as what it was, with its pods.
      String id = taken.get().id();
      InstanceTable.changeCredential(handle, id, Digests.of(credential), clock.instant());
      InstanceTable.useJoinToken(handle, tokenDigest, id);
      return new Enrolment(id, credential);
    }
    if (taken.isPresent()) {
      throw new EngineException(
          ErrorCode.INSTANCE_EXISTS,
          "There is an instance %s already; give this one another name.".formatted(name));
    }
    String id = ids.get();
    InstanceTable.insert(
        handle, id, token.project(), name, Digests.of(credential), clock.instant());
    InstanceTable.useJoinToken(handle, tokenDigest, id);
    return new Enrolment(id, credential);
  }

  private static EngineException badToken() {
    return new EngineException(
        ErrorCode.FORBIDDEN,
        "The join token is unknown, expired or used; make a new one with"
            + " \"hotpod instance join-token\".");
  }
}
