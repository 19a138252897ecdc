package io.hotpod.engine.signal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.config.SoftwareDeployments;
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
  private final SoftwareDeployments deployments;
  private final Database database;
  private final Clock clock;

  public StoredGuestService(
      SignalAccess access,
      SignalSink sink,
      SoftwareDeployments deployments,
      Database database,
      Clock clock) {
    this.access = access;
    this.sink = sink;
    this.deployments = deployments;
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void signal(
      String project, String stackId, String resourceName, String token, ObjectNode details) {
    sink.signal(byToken(project, stackId, resourceName, token), details);
  }

  @Override
  public ObjectNode metadata(String project, String stackId, String resourceName, String token) {
    return sink.metadata(byToken(project, stackId, resourceName, token));
  }

  private SignalTarget byToken(String project, String stackId, String resourceName, String token) {
    return access.incarnations(project, stackId, resourceName).stream()
        .filter(target -> access.isToken(target, token))
        .findFirst()
        .orElseThrow(StoredGuestService::refused);
  }

  private static EngineException refused() {
    return new EngineException(
        ErrorCode.FORBIDDEN, "The credentials are not those of a resource that is there.");
  }

  @Override
  public Session login(String userId, String password) {
    SignalTarget target = byId(userId, found -> access.isPassword(found, password));
    return new Session(
        access.token(target), target.project(), userId, access.heatUrl(target.project()));
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
    SignalTarget target = signed(request, purpose);
    if (!isOver(request)) {
      sink.signal(target, details);
    }
  }

  /** What is said of an earlier run of a deployment says nothing about the present one. */
  private boolean isOver(SignedRequest request) {
    return !request.round().isEmpty()
        && deployments
            .find(request.resourceId())
            .filter(deployment -> deployment.configId().equals(request.round()))
            .isEmpty();
  }

  @Override
  public ObjectNode metadata(SignedRequest request) {
    return sink.metadata(signed(request, SignedPurpose.METADATA));
  }

  @Override
  public Metadata describe(String accessKeyId, String signed, String signature) {
    SignalTarget target =
        byId(
            accessKeyId,
            found ->
                MessageDigest.isEqual(
                    hmac(access.accessSecret(found), signed).getBytes(UTF_8),
                    signature.getBytes(UTF_8)));
    return new Metadata(target, sink.metadata(target));
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
