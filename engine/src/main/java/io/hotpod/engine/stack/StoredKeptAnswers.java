package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.IdempotencyTable;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The answers in a database, beside the keys of operations; they are sealed there. */
public final class StoredKeptAnswers implements KeptAnswers {
  private final Database database;
  private final Clock clock;

  public StoredKeptAnswers(Database database, Clock clock) {
    this.database = requireNonNull(database, "database is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Known begin(Caller caller) {
    return database
        .writer()
        .write(
            handle -> {
              Optional<IdempotencyTable.Answered> before = Acceptance.request(handle, caller);
              if (before.isPresent()) {
                return before
                    .get()
                    .answer()
                    .<Known>map(Known.Answered::new)
                    .orElseGet(Known.Begun::new);
              }
              Acceptance.remember(handle, caller, IdempotencyTable.NO_STACK, clock.instant());
              return new Known.Nothing();
            });
  }

  @Override
  public void end(Caller caller, Optional<ObjectNode> answer) {
    String key = caller.idempotencyKey().map(Caller.IdempotencyKey::key).orElseThrow();
    database.writer().write(handle -> IdempotencyTable.end(handle, caller.project(), key, answer));
  }
}
