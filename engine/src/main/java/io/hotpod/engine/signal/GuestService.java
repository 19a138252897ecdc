package io.hotpod.engine.signal;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the software inside a machine may ask for, with credentials of one resource alone.
 * Thread-safe. Every refusal is an {@link io.hotpod.engine.EngineException}; wrong credentials and
 * things that are not there look alike.
 */
public interface GuestService {
  /** What a user that was made for a resource gets for its password. */
  record Session(String token, String project, String userId, String heatUrl) {
    /** Leaves out the token. */
    @Override
    public String toString() {
      return "Session[" + userId + "]";
    }
  }

  /** Something that a machine left. */
  record StoredObject(String content, Instant modifiedAt) {
    /** Leaves out what it contains. */
    @Override
    public String toString() {
      return "StoredObject[" + modifiedAt + "]";
    }
  }

  /** What is known of a resource, with the time since when it is so. */
  record Metadata(SignalTarget target, ObjectNode content) {}

  /**
   * Signals a resource with its token.
   *
   * @param details what is said; empty when nothing is
   */
  void signal(
      String project, String stackId, String resourceName, String token, ObjectNode details);

  /** The metadata of a resource, for its token. */
  ObjectNode metadata(String project, String stackId, String resourceName, String token);

  /** Exchanges the password of a resource's user for its token. */
  Session login(String userId, String password);

  /**
   * Signals a resource with a signed URL. A signal about a round that is over is taken and ends
   * nothing.
   */
  void signal(SignedRequest request, SignedPurpose purpose, ObjectNode details);

  /** The metadata of a machine, for a signed URL. */
  ObjectNode metadata(SignedRequest request);

  /**
   * The metadata of the resource that an access key is of.
   *
   * @param signed the text that the secret signed
   * @param signature in base64
   */
  Metadata describe(String accessKeyId, String signed, String signature);

  /**
   * Exchanges proof of a resource's secret key for its token.
   *
   * @param signed the text that the secret signed
   * @param signature in base64
   */
  Session login(String accessKeyId, String signed, String signature);

  /** Stores what a machine leaves under a signed URL, in place of what was there. */
  void store(SignedRequest request, String content);

  /** What is stored under a signed URL; empty when nothing is. */
  Optional<StoredObject> stored(SignedRequest request);
}
