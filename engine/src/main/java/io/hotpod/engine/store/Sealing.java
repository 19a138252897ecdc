package io.hotpod.engine.store;

import io.hotpod.engine.secret.DigestKey;
import io.hotpod.engine.secret.Sealer;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jspecify.annotations.Nullable;

/** With what the handles of a database seal and open. Set once, before anything is read. */
public final class Sealing implements JdbiConfig<Sealing> {
  private @Nullable Sealer sealer;
  private @Nullable DigestKey digests;

  /** For JDBI. */
  public Sealing() {}

  private Sealing(@Nullable Sealer sealer, @Nullable DigestKey digests) {
    this.sealer = sealer;
    this.digests = digests;
  }

  void sealWith(Sealer chosen) {
    this.sealer = chosen;
  }

  void digestWith(DigestKey key) {
    this.digests = key;
  }

  Sealer sealer() {
    if (sealer == null) {
      throw new IllegalStateException("the keys of this database are not known");
    }
    return sealer;
  }

  DigestKey digests() {
    if (digests == null) {
      throw new IllegalStateException("the keys of this database are not known");
    }
    return digests;
  }

  @Override
  public Sealing createCopy() {
    return new Sealing(sealer, digests);
  }
}
