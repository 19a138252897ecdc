package io.hotpod.engine.instance;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.StackSecrets;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.InstanceTable;
import io.hotpod.engine.store.PodTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodReport;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The instance service on a database. */
public final class StoredInstanceService implements InstanceService {
  /** An agent reports every 20 s; after this long without a word it counts as gone. */
  static final Duration SILENCE = Duration.ofSeconds(75);

  private final Database database;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Supplier<String> ids;
  private final Enrolments enrolments;
  private final SecureRandom random;
  private final StackSecrets secrets;
  private final Consumer<String> news;
  // When each instance was last heard of by this process; the database learns it with each report.
  private final Map<String, Instant> heardOf = new ConcurrentHashMap<>();

  /**
   * @param news told of each instance that reported anything new
   */
  public StoredInstanceService(
      Database database,
      Wakeups wakeups,
      Clock clock,
      Supplier<String> ids,
      SecureRandom random,
      StackSecrets secrets,
      Consumer<String> news) {
    this.secrets = secrets;
    this.news = news;
    this.database = database;
    this.wakeups = wakeups;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
    enrolments = new Enrolments(database, clock, ids, random);
  }

  @Override
  public JoinToken createJoinToken(Caller caller, Duration validFor) {
    return enrolments.createJoinToken(caller, validFor);
  }

  @Override
  public Enrolment enrol(String joinToken, String name) {
    return enrolments.enrol(joinToken, name);
  }

  @Override
  public Authenticity authenticate(String instanceId, String credential) {
    Optional<InstanceTable.Row> row =
        database.read(handle -> InstanceTable.find(handle, instanceId));
    String digest = Digests.of(credential);
    Authenticity authenticity = CredentialAge.judge(row, digest, clock.instant());
    if (authenticity.isGood()) {
      heardOf.put(instanceId, clock.instant());
      if (CredentialAge.isNext(row, digest)) {
        change(
            instanceId, handle -> InstanceTable.takeOfferedCredential(handle, instanceId, digest));
      } else if (!row.map(InstanceTable.Row::credentialUsed).orElse(true)) {
        change(instanceId, handle -> InstanceTable.markCredentialUsed(handle, instanceId));
      }
    }
    return authenticity;
  }

  private void change(String instanceId, Consumer<Handle> change) {
    database
        .writer()
        .write(
            handle -> {
              change.accept(handle);
              return instanceId;
            });
  }

  @Override
  public String renew(String instanceId) {
    String credential = Digests.newSecret(random);
    change(
        instanceId,
        handle ->
            InstanceTable.offerCredential(
                handle, require(handle, instanceId).id(), Digests.of(credential), clock.instant()));
    return credential;
  }

  @Override
  public void rotate(Caller caller, String nameOrId) {
    String id = find(caller, nameOrId).id();
    change(
        id,
        handle -> {
          InstanceTable.wantRenewal(handle, require(handle, id).id());
          // The same set under another version: that is what the agent waits for.
          InstanceTable.advanceDesiredVersion(handle, id);
        });
    wakeups.wake(Topics.desired(id));
  }

  @Override
  public Optional<DesiredPods> awaitDesired(String instanceId, long knownVersion, Duration wait) {
    return wakeups.await(
        List.of(Topics.desired(instanceId)),
        wait,
        () ->
            database.read(
                handle -> {
                  InstanceTable.Row row = require(handle, instanceId);
                  return row.desiredVersion() == knownVersion
                      ? Optional.<DesiredPods>empty()
                      : Optional.of(
                          new DesiredPods(
                              row.desiredVersion(),
                              PodTable.desiredOfInstance(handle, instanceId).stream()
                                  .map(desired -> PodRecords.now(desired.pod(), row))
                                  .toList()));
                }));
  }

  @Override
  public void report(String instanceId, PodReport report) {
    Instant now = clock.instant();
    TakenReport taken =
        database
            .writer()
            .write(
                handle ->
                    TakenReport.of(
                        handle, require(handle, instanceId), report, secrets.look(), now));
    heardOf.put(instanceId, now);
    wakeups.wakeAll(taken.topics());
    if (taken.news()) {
      news.accept(instanceId);
    }
  }

  private static InstanceTable.Row require(Handle handle, String instanceId) {
    return InstanceTable.find(handle, instanceId).orElseThrow(() -> notFound(instanceId));
  }

  private static EngineException notFound(String nameOrId) {
    return new EngineException(
        ErrorCode.INSTANCE_NOT_FOUND, "The Instance (%s) could not be found.".formatted(nameOrId));
  }

  @Override
  public List<Instance> list(Caller caller) {
    return database.read(handle -> InstanceTable.ofProject(handle, caller.project())).stream()
        .map(this::instance)
        .toList();
  }

  @Override
  public Instance find(Caller caller, String nameOrId) {
    return list(caller).stream()
        .filter(each -> each.id().equals(nameOrId) || each.name().equals(nameOrId))
        .findFirst()
        .orElseThrow(() -> notFound(nameOrId));
  }

  private Instance instance(InstanceTable.Row row) {
    Optional<Instant> lastSeen = lastSeen(row);
    boolean connected = lastSeen.isPresent() && silentSince(row).isEmpty();
    return new Instance(
        row.id(),
        row.project(),
        row.name(),
        row.enrolledAt(),
        lastSeen,
        connected,
        row.desiredVersion(),
        row.appliedVersion(),
        row.facts(),
        new Instance.Credential(
            row.credentialIssuedAt(),
            row.credentialIssuedAt().plus(CredentialAge.LIFETIME),
            row.renewalWanted()),
        row.labels(),
        Drain.valueOf(row.drain()));
  }

  private Optional<Instant> lastSeen(InstanceTable.Row row) {
    return Optional.ofNullable(heardOf.get(row.id())).or(row::lastSeenAt);
  }

  /** When it was last heard of, if that is too long ago. */
  private Optional<Instant> silentSince(InstanceTable.Row row) {
    Instant limit = clock.instant().minus(SILENCE);
    return lastSeen(row).filter(time -> !time.isAfter(limit));
  }

  @Override
  public void remove(Caller caller, String nameOrId, boolean givingUpPods) {
    String id = find(caller, nameOrId).id();
    remove(id, removal -> removal.carryOut(givingUpPods));
  }

  @Override
  public void leave(String instanceId) {
    remove(instanceId, InstanceRemoval::left);
  }

  /** Removes an instance, and tells everybody whom that concerns. */
  private void remove(String id, Function<InstanceRemoval, Set<String>> how) {
    Set<String> stacks =
        database
            .writer()
            .write(
                handle ->
                    how.apply(
                        new InstanceRemoval(handle, require(handle, id), ids, clock.instant())));
    heardOf.remove(id);
    wakeups.wake(Topics.desired(id));
    wakeups.wake(Topics.reports(id));
    stacks.forEach(stack -> wakeups.wake(Topics.events(stack)));
  }

  @Override
  public Instance label(Caller caller, String nameOrId, Map<String, Optional<String>> changes) {
    String id = find(caller, nameOrId).id();
    change(
        id,
        handle ->
            InstanceTable.changeLabels(
                handle, id, Labels.changed(require(handle, id).labels(), changes)));
    return find(caller, id);
  }

  @Override
  public Instance drain(Caller caller, String nameOrId, Drain drain) {
    String id = find(caller, nameOrId).id();
    change(
        id,
        handle -> {
          if (Drain.valueOf(require(handle, id).drain()) != drain) {
            InstanceTable.changeDrain(handle, id, drain.name());
            InstanceTable.advanceDesiredVersion(handle, id);
          }
        });
    wakeups.wake(Topics.desired(id));
    // Steps that wait for a pod there have something else to say from now on.
    wakeups.wake(Topics.reports(id));
    return find(caller, id);
  }

  @Override
  public boolean awaitEmpty(Caller caller, String nameOrId, Duration wait) {
    String id = find(caller, nameOrId).id();
    return wakeups
        .await(
            List.of(Topics.reports(id)),
            wait,
            () ->
                database.read(
                    handle -> {
                      InstanceTable.Row row = require(handle, id);
                      return row.appliedVersion() >= row.desiredVersion()
                              && PodTable.observedOfInstance(handle, id).isEmpty()
                          ? Optional.of(true)
                          : Optional.<Boolean>empty();
                    }))
        .isPresent();
  }

  @Override
  public List<PodRecord> pods(Caller caller) {
    return database.read(handle -> PodRecords.of(handle, caller.project(), this::silentSince));
  }

  @Override
  public PodRecord pod(Caller caller, String nameOrId) {
    return pods(caller).stream()
        .filter(pod -> isNamed(pod, nameOrId))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.POD_NOT_FOUND,
                    "The Pod (%s) could not be found.".formatted(nameOrId)));
  }

  private static boolean isNamed(PodRecord pod, String name) {
    return pod.id().equals(name)
        || (pod.stackName() + "/" + pod.resourceName()).equals(name)
        || pod.desired().pod().getMetadata().getName().equals(name)
        || pod.observed().map(observed -> observed.name().equals(name)).orElse(false);
  }
}
