package io.hotpod.server;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.KeptAnswers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** Answers in memory. */
final class FakeAnswers implements KeptAnswers {
  private final Map<String, Kept> all = new ConcurrentHashMap<>();

  private record Kept(String digest, Optional<ObjectNode> answer) {}

  private static Caller.IdempotencyKey key(Caller caller) {
    return caller.idempotencyKey().orElseThrow();
  }

  private static String name(Caller caller) {
    return caller.project() + " " + key(caller).key();
  }

  @Override
  public Known begin(Caller caller) {
    String digest = key(caller).requestDigest();
    Kept before = all.putIfAbsent(name(caller), new Kept(digest, Optional.empty()));
    if (before == null) {
      return new Known.Nothing();
    }
    if (!before.digest().equals(digest)) {
      throw new EngineException(
          ErrorCode.IDEMPOTENCY_MISMATCH, "The Idempotency-Key was used for another request.");
    }
    return before.answer().<Known>map(Known.Answered::new).orElseGet(Known.Begun::new);
  }

  @Override
  public void end(Caller caller, Optional<ObjectNode> answer) {
    if (answer.isPresent()) {
      all.put(name(caller), new Kept(key(caller).requestDigest(), answer));
    } else {
      all.remove(name(caller));
    }
  }
}
