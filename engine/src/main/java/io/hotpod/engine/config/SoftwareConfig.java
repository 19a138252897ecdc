package io.hotpod.engine.config;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A software config as it is stored. Immutable: a change makes a new one.
 *
 * @param group selects what on the machine works on it, such as {@code script} or {@code kubelet}
 * @param config text, a map, or null
 * @param inputs declarations; of a derived config with values, which may be secret
 * @param outputs declarations
 * @param resourceId the deployment that it was derived for; empty for one that was given
 */
public record SoftwareConfig(
    String id,
    String project,
    String name,
    String group,
    JsonNode config,
    ArrayNode inputs,
    ArrayNode outputs,
    ObjectNode options,
    Optional<String> resourceId,
    Instant createdAt) {
  /** The group whose configs are pods. */
  public static final String KUBELET = "kubelet";

  /** The group whose configs hold one config for each action. */
  public static final String COMPONENT = "component";

  /** The group of a config that names none. */
  public static final String UNGROUPED = "Heat::Ungrouped";

  public SoftwareConfig {
    requireNonNull(id, "id is null");
    requireNonNull(project, "project is null");
    requireNonNull(name, "name is null");
    requireNonNull(group, "group is null");
    requireNonNull(config, "config is null");
    requireNonNull(inputs, "inputs is null");
    requireNonNull(outputs, "outputs is null");
    requireNonNull(options, "options is null");
    requireNonNull(resourceId, "resourceId is null");
    requireNonNull(createdAt, "createdAt is null");
  }

  /** The same with other inputs. */
  public SoftwareConfig withInputs(ArrayNode others) {
    return new SoftwareConfig(
        id, project, name, group, config, others, outputs, options, resourceId, createdAt);
  }

  /** The names of the outputs whose values are shown to nobody but the machine. */
  public Set<String> hiddenOutputs() {
    return ConfigSchemas.hidden(outputs);
  }

  /** Leaves out what it contains. */
  @Override
  public String toString() {
    return "SoftwareConfig[" + id + " " + name + " " + group + "]";
  }
}
