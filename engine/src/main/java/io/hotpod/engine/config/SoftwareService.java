package io.hotpod.engine.config;

import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Software configs and deployments that are managed one by one, without a stack. Thread-safe. Every
 * refusal is an {@link io.hotpod.engine.EngineException}.
 */
public interface SoftwareService {
  /**
   * A config to be.
   *
   * @param config text, a map, or null
   */
  record ConfigRequest(
      String name,
      String group,
      JsonNode config,
      ArrayNode inputs,
      ArrayNode outputs,
      ObjectNode options) {}

  /**
   * A deployment to be, or what is to change of one; what is empty stays, or has Heat's default.
   */
  record DeploymentRequest(
      Optional<String> configId,
      Optional<String> serverId,
      Optional<ObjectNode> inputValues,
      Optional<ObjectNode> outputValues,
      Optional<String> action,
      Optional<Status> status,
      Optional<String> statusReason) {}

  /**
   * The configs of a machine.
   *
   * @param revision another one whenever any of them is
   * @param configs as Heat's API shows them, with what is needed to signal
   */
  record MachineConfigs(String revision, ArrayNode configs) {}

  SoftwareConfig createConfig(Caller caller, ConfigRequest request);

  SoftwareConfig config(Caller caller, String id);

  List<SoftwareConfig> configs(Caller caller, Optional<Integer> limit, Optional<String> marker);

  /** Refused while a deployment has it. */
  void deleteConfig(Caller caller, String id);

  SoftwareDeployment createDeployment(Caller caller, DeploymentRequest request);

  SoftwareDeployment deployment(Caller caller, String id);

  /**
   * Oldest first.
   *
   * @param serverId empty for those of all machines
   */
  List<SoftwareDeployment> deployments(Caller caller, Optional<String> serverId);

  SoftwareDeployment updateDeployment(Caller caller, String id, DeploymentRequest request);

  void deleteDeployment(Caller caller, String id);

  /**
   * What a machine has to work on, by the names of the configs.
   *
   * @param known a revision; while it is the newest the question waits
   * @param wait how long at most
   * @return empty when nothing changed in that time
   */
  Optional<MachineConfigs> machine(
      Caller caller, String serverId, Optional<String> known, Duration wait);
}
