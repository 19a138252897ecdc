package io.hotpod.engine.instance;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.InstanceTable;
import io.hotpod.engine.store.PodTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodReport;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** The instance service on a database. */
public final class StoredInstanceService implements InstanceService {
  /** An agent reports every 20 s; after this long without a word it counts as gone. */
  static final Duration SILENCE = Duration.ofSeconds(75);

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");

  private final Database database;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Supplier<String> ids;
  private final SecureRandom random;
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
      Consumer<String> news) {
    this.news = news;
    this.database = database;
    this.wakeups = wakeups;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
  }

  @Override
  public JoinToken createJoinToken(Caller caller, Duration validFor) {
    JoinToken token = new JoinToken(Digests.newSecret(random), clock.instant().plus(validFor));
    database
        .writer()
        .write(
            handle -> {
              InstanceTable.insertJoinToken(
                  handle, Digests.of(token.secret()), caller.project(), token.expiresAt());
              return token;
            });
    return token;
  }

  @Override
  public Enrolment enrol(String joinToken, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new EngineException(
          ErrorCode.VALIDATION_FAILED,
          "An instance name has 1 to 63 letters, digits, '_', '.' or '-': \"%s\"".formatted(name));
    }
    String digest = Digests.of(joinToken);
    String credential = Digests.newSecret(random);
    return database.writer().write(handle -> enrol(handle, digest, name, credential));
  }

  private Enrolment enrol(Handle handle, String tokenDigest, String name, String credential) {
    InstanceTable.JoinTokenRow token =
        InstanceTable.findJoinToken(handle, tokenDigest)
            .filter(each -> each.expiresAt().isAfter(clock.instant()))
            .orElseThrow(StoredInstanceService::badToken);
    Optional<InstanceTable.Row> taken = InstanceTable.findByName(handle, token.project(), name);
    if (token.instanceId().isPresent()) {
      InstanceTable.Row again =
          taken
              .filter(row -> row.id().equals(token.instanceId().get()) && !row.credentialUsed())
              .orElseThrow(StoredInstanceService::badToken);
      InstanceTable.changeCredential(handle, again.id(), Digests.of(credential), clock.instant());
      return new Enrolment(again.id(), credential);
    }
    if (taken.isPresent() && CredentialAge.isExpired(taken.get(), clock.instant())) {
      // A machine that was away for too long comes back as what it was, with its pods.
      String id = taken.get().id();
      InstanceTable.changeCredential(handle, id, Digests.of(credential), clock.instant());
      InstanceTable.useJoinToken(handle, tokenDigest, id);
      return new Enrolment(id, credential);
    }
    if (taken.isPresent()) {
      throw new EngineException(
          ErrorCode.INSTANCE_EXISTS,
          "There is an instance %s already; give this one another name.".formatted(name));
    }
    String id = ids.get();
    InstanceTable.insert(
        handle, id, token.project(), name, Digests.of(credential), clock.instant());
    InstanceTable.useJoinToken(handle, tokenDigest, id);
    return new Enrolment(id, credential);
  }

  private static EngineException badToken() {
    return new EngineException(
        ErrorCode.FORBIDDEN,
        "The join token is unknown, expired or used; make a new one with"
            + " \"hotpod instance join-token\".");
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
                                  .map(desired -> now(desired.pod(), row))
                                  .toList()));
                }));
  }

  @Override
  public void report(String instanceId, PodReport report) {
    Instant now = clock.instant();
    Taken taken =
        database
            .writer()
            .write(
                handle -> {
                  InstanceTable.Row row = require(handle, instanceId);
                  boolean stale =
                      row.session().equals(report.session()) && report.sequence() <= row.sequence();
                  if (stale) {
                    return new Taken(List.of(), false);
                  }
                  boolean back =
                      row.lastSeenAt().filter(time -> time.isAfter(now.minus(SILENCE))).isEmpty();
                  Taken stored = store(handle, instanceId, report, now);
                  return new Taken(stored.topics(), stored.news() || back);
                });
    heardOf.put(instanceId, now);
    wakeups.wakeAll(taken.topics());
    if (taken.news()) {
      news.accept(instanceId);
    }
  }

  /**
   * What a report was good for.
   *
   * @param topics to be woken
   * @param news whether it says anything that the one before did not
   */
  private record Taken(List<String> topics, boolean news) {}

  private static Taken store(Handle handle, String instanceId, PodReport report, Instant now) {
    InstanceTable.reported(
        handle,
        instanceId,
        report.session(),
        report.sequence(),
        report.desiredVersion(),
        report.facts().ahead(Duration.between(now, report.time())),
        now);
    Map<PodKey, ObservedPod> before = new HashMap<>();
    PodTable.observedOfInstance(handle, instanceId)
        .forEach(row -> before.put(PodKey.of(row.pod()), row.pod()));
    boolean news = false;
    for (ObservedPod pod : report.pods()) {
      if (!pod.equals(before.remove(PodKey.of(pod)))) {
        PodTable.saveObserved(handle, instanceId, pod, now);
        news = true;
      }
    }
    before.values().forEach(gone -> PodTable.deleteObserved(handle, instanceId, gone));
    List<String> topics = new ArrayList<>(List.of(Topics.reports(instanceId)));
    report
        .history()
        .map(
            new HistoryEvents(handle, instanceId, now, Duration.between(now, report.time()))::write)
        .ifPresent(stacks -> stacks.forEach(stack -> topics.add(Topics.events(stack))));
    return new Taken(topics, news || !before.isEmpty());
  }

  private record PodKey(String id, ModificationToken token) {
    static PodKey of(ObservedPod pod) {
      return new PodKey(pod.id(), pod.token());
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
    change(
        id,
        handle ->
            new InstanceRemoval(handle, require(handle, id), ids, clock.instant())
                .carryOut(givingUpPods));
    forget(id);
  }

  @Override
  public void leave(String instanceId) {
    change(
        instanceId,
        handle ->
            new InstanceRemoval(handle, require(handle, instanceId), ids, clock.instant()).left());
    forget(instanceId);
  }

  private void forget(String id) {
    heardOf.remove(id);
    wakeups.wake(Topics.desired(id));
    wakeups.wake(Topics.reports(id));
  }

  /** A pod as its instance should have it now: one that is drained of its pods runs none. */
  private static DesiredPod now(DesiredPod pod, InstanceTable.Row instance) {
    return Drain.valueOf(instance.drain()) == Drain.PODS_STOPPED ? pod.running(false) : pod;
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
    return database.read(
        handle -> {
          List<PodRecord> pods = new ArrayList<>();
          Map<String, String> stackNames = new HashMap<>();
          for (InstanceTable.Row instance : InstanceTable.ofProject(handle, caller.project())) {
            Optional<Instant> silentSince = silentSince(instance);
            Map<String, List<ObservedPod>> observed = new HashMap<>();
            PodTable.observedOfInstance(handle, instance.id())
                .forEach(
                    row ->
                        observed
                            .computeIfAbsent(row.pod().id(), id -> new ArrayList<>())
                            .add(row.pod()));
            for (PodTable.DesiredRow desired : PodTable.desiredOfInstance(handle, instance.id())) {
              String stackName =
                  stackNames.computeIfAbsent(
                      desired.stackId(),
                      id -> StackTable.find(handle, id).map(Stack::name).orElse(""));
              pods.add(
                  new PodRecord(
                      desired.pod().id(),
                      instance.id(),
                      instance.name(),
                      desired.stackId(),
                      stackName,
                      desired.resourceName(),
                      withoutSecrets(now(desired.pod(), instance)),
                      PodPlacement.current(
                          observed.getOrDefault(desired.pod().id(), List.of()),
                          List.of(desired.pod())),
                      silentSince));
              observed.remove(desired.pod().id());
            }
            observed
                .values()
                .forEach(
                    left ->
                        pods.add(
                            LeavingPods.record(handle, instance, left.getFirst(), silentSince)));
          }
          return pods;
        });
  }

  private static DesiredPod withoutSecrets(DesiredPod pod) {
    return new DesiredPod(
        pod.id(),
        pod.token(),
        pod.run(),
        pod.pod(),
        pod.configMaps(),
        Map.of(),
        pod.updateStrategy(),
        pod.after());
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
