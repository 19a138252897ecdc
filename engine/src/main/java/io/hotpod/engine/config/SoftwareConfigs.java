package io.hotpod.engine.config;

import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.PodConfigTable;
import io.hotpod.engine.store.SoftwareConfigTable;
import io.hotpod.engine.store.SoftwareDeploymentTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The stored software configs. Thread-safe. */
public final class SoftwareConfigs {
  private final Database database;

  public SoftwareConfigs(Database database) {
    this.database = database;
  }

  /** Stores a config; the same id again is the same config. */
  public void store(SoftwareConfig config) {
    database
        .writer()
        .write(
            handle -> {
              insert(handle, config);
              return config;
            });
  }

  /**
   * Stores a config where there is room for it, whoever else stores one at the same instant.
   *
   * @param most that its project may have
   * @return whether there was
   */
  public boolean store(SoftwareConfig config, int most) {
    return database
        .writer()
        .write(
            handle -> {
              if (SoftwareConfigTable.count(handle, config.project()) >= most) {
                return false;
              }
              insert(handle, config);
              return true;
            });
  }

  private static void insert(Handle handle, SoftwareConfig config) {
    SoftwareConfigTable.insert(handle, config);
    KubeletConfigs.podConfig(config)
        .ifPresent(pod -> PodConfigTable.insert(handle, pod, config.createdAt()));
  }

  /** A config of any project. */
  public Optional<SoftwareConfig> find(String id) {
    return database.read(handle -> SoftwareConfigTable.find(handle, id));
  }

  public Optional<SoftwareConfig> find(String project, String id) {
    return database
        .read(handle -> SoftwareConfigTable.find(handle, id))
        .filter(config -> config.project().equals(project));
  }

  /**
   * The configs of deployments, by their ids.
   *
   * @param serverId of one machine only; empty for all deployments of a project
   */
  Map<String, SoftwareConfig> ofDeployments(String project, Optional<String> serverId) {
    return database
        .read(handle -> SoftwareConfigTable.ofDeployments(handle, project, serverId))
        .stream()
        .collect(Collectors.toMap(SoftwareConfig::id, Function.identity(), (one, same) -> one));
  }

  /**
   * In the order of their ids.
   *
   * @param limit empty for all
   * @param marker id of the last one seen
   */
  public List<SoftwareConfig> list(
      String project, Optional<Integer> limit, Optional<String> marker) {
    return database.read(handle -> SoftwareConfigTable.list(handle, project, limit, marker));
  }

  /**
   * Forgets a config; one that is not there is forgotten.
   *
   * @return false when a deployment still uses it
   */
  public boolean delete(String project, String id) {
    return database
        .writer()
        .write(
            handle -> {
              if (SoftwareDeploymentTable.uses(handle, id)) {
                return false;
              }
              SoftwareConfigTable.delete(handle, project, id);
              PodConfigTable.delete(handle, project, id);
              return true;
            });
  }
}
