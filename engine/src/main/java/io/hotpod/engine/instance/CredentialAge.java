package io.hotpod.engine.instance;

import io.hotpod.engine.store.InstanceTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How old a credential may become. Pure. */
final class CredentialAge {
  /** A credential that was not renewed by then is refused. */
  static final Duration LIFETIME = Duration.ofDays(30);

  /** From this age on its agent is asked to renew it, with half a month left for trying. */
  static final Duration RENEWAL = LIFETIME.dividedBy(2);

  private CredentialAge() {}

  /** What becomes of a credential with that digest. Takes the same time for right and wrong. */
  static Authenticity judge(Optional<InstanceTable.Row> row, String digest, Instant now) {
    boolean current =
        Digests.equal(row.map(InstanceTable.Row::credentialDigest).orElse(""), digest);
    boolean next = isNext(row, digest);
    if (row.isEmpty() || !(current || next)) {
      return Authenticity.REFUSED;
    }
    Instant issued = next ? row.get().nextIssuedAt().orElseThrow() : row.get().credentialIssuedAt();
    if (!now.isBefore(issued.plus(LIFETIME))) {
      return Authenticity.EXPIRED;
    }
    boolean wanted = !next && row.get().renewalWanted();
    return wanted || !now.isBefore(issued.plus(RENEWAL)) ? Authenticity.AGEING : Authenticity.GOOD;
  }

  /** Whether it is the one that was given out and not used yet. */
  static boolean isNext(Optional<InstanceTable.Row> row, String digest) {
    return Digests.equal(row.flatMap(InstanceTable.Row::nextDigest).orElse(""), digest);
  }

  /** Whether nobody can come in with what an instance has. */
  static boolean isExpired(InstanceTable.Row row, Instant now) {
    Instant newest = row.nextIssuedAt().orElse(row.credentialIssuedAt());
    return !now.isBefore(newest.plus(LIFETIME));
  }
}
