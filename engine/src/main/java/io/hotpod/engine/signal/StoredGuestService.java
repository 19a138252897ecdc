package io.hotpod.engine.signal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.GuestObjectTable;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/** The guest service on a database. */
public final class StoredGuestService implements GuestService {
  private static final String ALGORITHM = "HmacSHA256";

  private final SignalAccess access;
  private final SignalSink sink;
  private final Database database;
  private final Clock clock;

  public StoredGuestService(SignalAccess access, SignalSink sink, Database database, Clock clock) {
    this.access = access;
    this.sink = sink;
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void signal(
      String project, String stackId, String resourceName, String token, ObjectNode details) {
    Bearer bearer = byToken(project, stackId, resourceName, token);
    sink.signal(bearer.target(), bearer.round(), details);
  }

  @Override
  public ObjectNode metadata(String project, String stackId, String resourceName, String token) {
    return sink.metadata(byToken(project, stackId, resourceName, token).target());
  }

  /** Whose token it is, and what of it the token is for. */
  private record Bearer(SignalTarget target, String round) {}

  private Bearer byToken(String project, String stackId, String resourceName, String token) {
    return access.incarnations(project, stackId, resourceName).stream()
        .flatMap(
            target ->
                access.roundOfToken(target, token).map(round -> new Bearer(target, round)).stream())
        .findFirst()
        .orElseThrow(StoredGuestService::refused);
  }

  private static EngineException refused() {
    return new EngineException(
        ErrorCode.FORBIDDEN, "The credentials are not those of a resource that is there.");
  }

  @Override
  public Session login(String userId, String password) {
    SignalTarget target = access.byId(userId).orElseThrow(StoredGuestService::refused);
    String round =
        access.roundOfPassword(target, password).orElseThrow(StoredGuestService::refused);
    return new Session(
        access.token(target, round), target.project(), userId, access.heatUrl(target.project()));
  }

  @Override
  public Session login(String accessKeyId, String signed, String signature) {
    SignalTarget target = bySecret(accessKeyId, signed, signature);
    return new Session(
        access.token(target), target.project(), accessKeyId, access.heatUrl(target.project()));
  }

  private SignalTarget byId(String resourceId, Predicate<SignalTarget> proof) {
    return access.byId(resourceId).filter(proof).orElseThrow(StoredGuestService::refused);
  }

  private SignalTarget signed(SignedRequest request, SignedPurpose purpose) {
    return byId(
        request.resourceId(),
        target ->
            target.project().equals(request.project())
                && target.stackId().equals(request.stackId())
                && target.resourceName().equals(request.resourceName())
                && access.isSigned(target, purpose, request.round(), request.signature()));
  }

  @Override
  public void signal(SignedRequest request, SignedPurpose purpose, ObjectNode details) {
    sink.signal(signed(request, purpose), request.round(), details);
  }

  @Override
  public ObjectNode metadata(SignedRequest request) {
    return sink.metadata(signed(request, SignedPurpose.METADATA));
  }

  @Override
  public Metadata describe(String accessKeyId, String signed, String signature) {
    SignalTarget target = bySecret(accessKeyId, signed, signature);
    return new Metadata(target, sink.metadata(target));
  }

  private SignalTarget bySecret(String accessKeyId, String signed, String signature) {
    return byId(
        accessKeyId,
        found ->
            MessageDigest.isEqual(
                hmac(access.accessSecret(found), signed).getBytes(UTF_8),
                signature.getBytes(UTF_8)));
  }

  private static String hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  @Override
  public void store(SignedRequest request, String content) {
    SignalTarget target = signed(request, SignedPurpose.OBJECT);
    database
        .writer()
        .write(
            handle -> {
              GuestObjectTable.save(
                  handle,
                  target.resourceId(),
                  request.round(),
                  new StoredObject(content, clock.instant()));
              return target;
            });
  }

  @Override
  public Optional<StoredObject> stored(SignedRequest request) {
    SignalTarget target = signed(request, SignedPurpose.OBJECT);
    return database.read(
        handle -> GuestObjectTable.find(handle, target.resourceId(), request.round()));
  }
}
