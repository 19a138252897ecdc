package io.hotpod.engine.config;

import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.GuestObjectTable;
import io.hotpod.engine.store.SoftwareConfigTable;
import io.hotpod.engine.store.SoftwareDeploymentTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/** The stored software deployments: what machines find in their metadata. Thread-safe. */
public final class SoftwareDeployments {
  private final Database database;
  private final Wakeups wakeups;

  public SoftwareDeployments(Database database, Wakeups wakeups) {
    this.database = database;
    this.wakeups = wakeups;
  }

  /**
   * Gives a machine a derived config in place of the one that the deployment had. A deployment that
   * has that config already is left alone, whatever became of it since.
   *
   * @return the deployment as it is stored
   */
  public SoftwareDeployment deploy(SoftwareDeployment deployment, SoftwareConfig derived) {
    SoftwareDeployment stored =
        database
            .writer()
            .write(
                handle -> {
                  Optional<SoftwareDeployment> present =
                      SoftwareDeploymentTable.find(handle, deployment.id());
                  if (present.isPresent() && present.get().configId().equals(derived.id())) {
                    return present.get();
                  }
                  SoftwareConfigTable.insert(handle, derived);
                  SoftwareDeploymentTable.save(handle, deployment);
                  // What the machine left about the runs before has been read.
                  GuestObjectTable.delete(handle, deployment.id());
                  present.ifPresent(before -> forget(handle, before.configId()));
                  return deployment;
                });
    changed(stored);
    return stored;
  }

  /** A config that was derived is of no use without its deployment. */
  private static void forget(Handle handle, String configId) {
    SoftwareConfigTable.find(handle, configId)
        .filter(config -> config.resourceId().isPresent())
        .ifPresent(config -> SoftwareConfigTable.delete(handle, config.project(), config.id()));
  }

  /** What became of a deployment that was to be stored. */
  public enum Storing {
    STORED,
    /** Its project has as many as it may. */
    NO_ROOM,
    /** Its project has no such config. */
    NO_CONFIG
  }

  /**
   * Stores a new deployment where there is room for it and a config, whoever else changes either at
   * the same instant.
   *
   * @param most that its project may have
   */
  public Storing store(SoftwareDeployment deployment, int most) {
    Storing storing =
        database
            .writer()
            .write(
                handle -> {
                  if (SoftwareDeploymentTable.count(handle, deployment.project()) >= most) {
                    return Storing.NO_ROOM;
                  }
                  if (!hasConfig(handle, deployment)) {
                    return Storing.NO_CONFIG;
                  }
                  SoftwareDeploymentTable.save(handle, deployment);
                  return Storing.STORED;
                });
    if (storing == Storing.STORED) {
      changed(deployment);
    }
    return storing;
  }

  private static boolean hasConfig(Handle handle, SoftwareDeployment deployment) {
    return SoftwareConfigTable.find(handle, deployment.configId())
        .filter(config -> config.project().equals(deployment.project()))
        .isPresent();
  }

  /**
   * Changes a deployment of a project as it is at this moment, whatever was read of it before.
   *
   * @return what it is now and whether its config is there; where that is not, nothing was changed.
   *     Empty when there is no such deployment
   */
  public Optional<Changed> change(
      String project, String id, UnaryOperator<SoftwareDeployment> change) {
    Optional<Changed> changed =
        database
            .writer()
            .write(
                handle ->
                    SoftwareDeploymentTable.find(handle, id)
                        .filter(deployment -> deployment.project().equals(project))
                        .map(before -> change(handle, before, change.apply(before))));
    changed.filter(Changed::hasConfig).map(Changed::deployment).ifPresent(this::changed);
    return changed;
  }

  /**
   * What a change led to.
   *
   * @param hasConfig otherwise it was not made
   */
  public record Changed(SoftwareDeployment deployment, boolean hasConfig) {}

  /** Only a config that it gets has to be there: one that it has may be gone with its resource. */
  private static Changed change(
      Handle handle, SoftwareDeployment before, SoftwareDeployment after) {
    boolean hasConfig = before.configId().equals(after.configId()) || hasConfig(handle, after);
    if (hasConfig) {
      SoftwareDeploymentTable.save(handle, after);
    }
    return new Changed(after, hasConfig);
  }

  /** A deployment of any project. */
  public Optional<SoftwareDeployment> find(String id) {
    return database.read(handle -> SoftwareDeploymentTable.find(handle, id));
  }

  public Optional<SoftwareDeployment> find(String project, String id) {
    return database
        .read(handle -> SoftwareDeploymentTable.find(handle, id))
        .filter(deployment -> deployment.project().equals(project));
  }

  /**
   * All of a project, or of one of its machines; oldest first.
   *
   * @param serverId empty for all machines
   */
  public List<SoftwareDeployment> list(String project, Optional<String> serverId) {
    return database.read(handle -> SoftwareDeploymentTable.list(handle, project, serverId));
  }

  /** Forgets a deployment and the config that was derived for it. */
  public void delete(String project, String id) {
    Optional<SoftwareDeployment> gone =
        database
            .writer()
            .write(
                handle -> {
                  Optional<SoftwareDeployment> present =
                      SoftwareDeploymentTable.find(handle, id)
                          .filter(deployment -> deployment.project().equals(project));
                  present.ifPresent(
                      deployment -> {
                        SoftwareDeploymentTable.delete(handle, id);
                        GuestObjectTable.delete(handle, id);
                        forget(handle, deployment.configId());
                      });
                  return present;
                });
    gone.ifPresent(this::changed);
  }

  /**
   * Takes what a machine says of a deployment; durable on return. Who waits is woken by the caller
   * for a deployment of a stack. What is said of an earlier run says nothing about the present one.
   *
   * @param round id of the config of the run that it is about; empty for the present one
   * @return words for the event; empty when nobody waits for the deployment any more
   */
  public Optional<String> signal(String id, String round, ObjectNode details, Instant now) {
    return database
        .writer()
        .write(
            handle ->
                SoftwareDeploymentTable.find(handle, id)
                    .filter(deployment -> deployment.status() == Status.IN_PROGRESS)
                    .filter(deployment -> round.isEmpty() || deployment.configId().equals(round))
                    .flatMap(
                        deployment ->
                            SoftwareConfigTable.find(handle, deployment.configId())
                                .map(
                                    config -> {
                                      DeploymentOutcome outcome =
                                          DeploymentOutcome.of(id, config.outputs(), details);
                                      SoftwareDeploymentTable.save(
                                          handle, deployment.judged(outcome, now));
                                      return outcome.event();
                                    })));
  }

  /**
   * Says that nobody waits for the end of a run any more; what the machine says of it later is
   * heard by nobody. Does nothing when the run has ended, or another one has begun.
   *
   * @param configId of the run
   */
  public void cancel(String id, String configId, Instant now) {
    Optional<SoftwareDeployment> cancelled =
        database
            .writer()
            .write(handle -> cancel(handle, id, present -> present.equals(configId), now));
    cancelled.ifPresent(this::changed);
  }

  /**
   * The same for whatever run a resource has, as part of what says that the resource was left.
   *
   * @param resourceId of any type; nothing happens for one that is no deployment
   */
  public static void cancel(Handle handle, String resourceId, Instant now) {
    cancel(handle, resourceId, any -> true, now);
  }

  private static Optional<SoftwareDeployment> cancel(
      Handle handle, String id, Predicate<String> ofRun, Instant now) {
    Optional<SoftwareDeployment> cancelled =
        SoftwareDeploymentTable.find(handle, id)
            .filter(deployment -> deployment.status() == Status.IN_PROGRESS)
            .filter(deployment -> ofRun.test(deployment.configId()))
            .map(deployment -> deployment.cancelled(now));
    cancelled.ifPresent(deployment -> SoftwareDeploymentTable.save(handle, deployment));
    return cancelled;
  }

  /** The configs that are for a machine, in the order in which it works on them: by their names. */
  public List<SoftwareConfig> configsFor(String project, String serverId) {
    return database
        .read(handle -> SoftwareConfigTable.ofDeployments(handle, project, Optional.of(serverId)))
        .stream()
        .sorted(
            Comparator.comparing(SoftwareConfig::name)
                .thenComparing(SoftwareConfig::createdAt)
                .thenComparing(SoftwareConfig::id))
        .toList();
  }

  private void changed(SoftwareDeployment deployment) {
    wakeups.wakeAll(
        List.of(Topics.deployments(deployment.serverId()), Topics.signals(deployment.id())));
  }
}
