package io.hotpod.engine.store;

import io.hotpod.engine.secret.DigestKey;
import io.hotpod.engine.secret.KeyFile;
import io.hotpod.engine.secret.Sealer;
import io.hotpod.engine.secret.UnreadableException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database and a key file together. A row that opens under the file's keys only says which
 * key the database was made with; what an older program wrote in clear is encrypted once.
 */
final class DatabaseKeys {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseKeys.class);

  /** Names the row that shows which key the database has. */
  private static final String CHECK = "key";

  private static final String CHECK_TEXT = "hotpod";

  /** Names the row that says that nothing is in clear any more. */
  private static final String COMPLETE = "encrypted";

  private static final String DIGESTS = "digests";

  private final GroupWriter writer;
  private final Jdbi reader;
  private final Jdbi patient;
  private final Dialect dialect;
  private final KeyFile file;
  private final SecureRandom random = new SecureRandom();

  DatabaseKeys(GroupWriter writer, Jdbi reader, Jdbi patient, Dialect dialect, Path file) {
    this.writer = writer;
    this.reader = reader;
    this.patient = patient;
    this.dialect = dialect;
    this.file = new KeyFile(file, random);
  }

  /**
   * Sees that the keys are those of the database, and encrypts what is in clear.
   *
   * @throws IllegalStateException when they are others, saying what to do
   */
  void prepare() {
    Sealer sealer = unlocked();
    writer.configure(Sealing.class, sealing -> sealing.sealWith(sealer));
    reader.configure(Sealing.class, sealing -> sealing.sealWith(sealer));
    DigestKey digests =
        DigestKey.of(
            writer.write(
                handle -> SecretTable.findOrStore(handle, DIGESTS, DigestKey.make(random))));
    writer.configure(Sealing.class, sealing -> sealing.digestWith(digests));
    reader.configure(Sealing.class, sealing -> sealing.digestWith(digests));
    if (marker(COMPLETE).isEmpty()) {
      long cells = new Resealing(writer).clearToSealed();
      if (cells > 0) {
        LOG.info("{} texts of the database were in clear and are encrypted now", cells);
        dialect.forgetOldContent(patient, SealedColumn.tables());
      }
      writer.write(handle -> SecretTable.findOrStore(handle, COMPLETE, CHECK_TEXT));
    }
    if (sealer.hasOlderKeys()) {
      LOG.warn(
          "the key file {} holds more than one key: run hotpod database rotate-key, which ends what"
              + " was begun",
          file.path());
    }
  }

  /** A new key for everything, or the end of what an earlier call began. */
  long rotate() {
    Sealer before = file.read();
    if (!before.hasOlderKeys()) {
      file.addKey();
    }
    Sealer sealer = file.read();
    writer.configure(Sealing.class, sealing -> sealing.sealWith(sealer));
    reader.configure(Sealing.class, sealing -> sealing.sealWith(sealer));
    long cells = new Resealing(writer).oldToNewest(sealer);
    dialect.forgetOldContent(patient, SealedColumn.tables());
    file.dropOldKeys();
    return cells;
  }

  private Sealer unlocked() {
    Optional<String> check = marker(CHECK);
    if (check.isEmpty()) {
      file.create();
    } else if (!file.exists()) {
      throw new IllegalStateException(
          "the secrets in the database are encrypted, and the key file %s is not there; %s"
              .formatted(file.path(), advice()));
    }
    Sealer sealer = file.read();
    String stored =
        writer.write(
            handle ->
                SecretTable.findOrStoreSealed(
                    handle,
                    CHECK,
                    sealer.seal(SealedColumn.SECRET_VALUE.place(CHECK), CHECK_TEXT)));
    try {
      sealer.open(SealedColumn.SECRET_VALUE.place(CHECK), stored);
      return sealer;
    } catch (UnreadableException e) {
      throw new IllegalStateException(
          "the key file %s is not the one of this database: %s; %s"
              .formatted(file.path(), e.getMessage(), advice()),
          e);
    }
  }

  private static String advice() {
    return "put the key file of the server that made the database there, or name it with"
        + " --secrets-key-file";
  }

  private Optional<String> marker(String name) {
    return reader.withHandle((Handle handle) -> SecretTable.stored(handle, name));
  }
}
