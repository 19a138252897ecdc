package io.hotpod.server;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.signal.SignedPurpose;
import io.hotpod.engine.signal.SignedRequest;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** No machine has a right here. */
final class FakeGuests implements GuestService {
  private static EngineException refused() {
    return new EngineException(ErrorCode.FORBIDDEN, "The credentials are wrong.");
  }

  @Override
  public void signal(
      String project, String stackId, String resourceName, String token, ObjectNode details) {
    throw refused();
  }

  @Override
  public ObjectNode metadata(String project, String stackId, String resourceName, String token) {
    throw refused();
  }

  @Override
  public Session login(String userId, String password) {
    throw refused();
  }

  @Override
  public void signal(SignedRequest request, SignedPurpose purpose, ObjectNode details) {
    throw refused();
  }

  @Override
  public ObjectNode metadata(SignedRequest request) {
    throw refused();
  }

  @Override
  public Metadata describe(String accessKeyId, String signed, String signature) {
    throw refused();
  }

  @Override
  public Session login(String accessKeyId, String signed, String signature) {
    throw refused();
  }

  @Override
  public void store(SignedRequest request, String content) {
    throw refused();
  }

  @Override
  public Optional<StoredObject> stored(SignedRequest request) {
    throw refused();
  }
}
