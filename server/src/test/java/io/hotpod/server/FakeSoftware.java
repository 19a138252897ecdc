package io.hotpod.server;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.config.SoftwareConfig;
import io.hotpod.engine.config.SoftwareDeployment;
import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.stack.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.JsonNodeFactory;

/** Software configs in memory; no deployments. */
final class FakeSoftware implements SoftwareService {
  private final Map<String, SoftwareConfig> configs = new ConcurrentHashMap<>();

  private static EngineException notFound(String what, String id) {
    return new EngineException(
        ErrorCode.SOFTWARE_NOT_FOUND, "The %s (%s) could not be found.".formatted(what, id));
  }

  @Override
  public SoftwareConfig createConfig(Caller caller, ConfigRequest request) {
    SoftwareConfig config =
        new SoftwareConfig(
            UUID.randomUUID().toString(),
            caller.project(),
            request.name(),
            request.group(),
            request.config(),
            request.inputs(),
            request.outputs(),
            request.options(),
            Optional.empty(),
            FakeStacks.EPOCH);
    configs.put(config.id(), config);
    return config;
  }

  @Override
  public SoftwareConfig config(Caller caller, String id) {
    return Optional.ofNullable(configs.get(id))
        .filter(config -> config.project().equals(caller.project()))
        .orElseThrow(() -> notFound("Software Config", id));
  }

  @Override
  public List<SoftwareConfig> configs(
      Caller caller, Optional<Integer> limit, Optional<String> marker) {
    return configs.values().stream()
        .filter(config -> config.project().equals(caller.project()))
        .toList();
  }

  @Override
  public void deleteConfig(Caller caller, String id) {
    configs.remove(config(caller, id).id());
  }

  @Override
  public SoftwareDeployment createDeployment(Caller caller, DeploymentRequest request) {
    throw notFound("Software Config", request.configId().orElse(""));
  }

  @Override
  public SoftwareDeployment deployment(Caller caller, String id) {
    throw notFound("Software Deployment", id);
  }

  @Override
  public List<SoftwareDeployment> deployments(Caller caller, Optional<String> serverId) {
    return List.of();
  }

  @Override
  public SoftwareDeployment updateDeployment(Caller caller, String id, DeploymentRequest request) {
    throw notFound("Software Deployment", id);
  }

  @Override
  public void deleteDeployment(Caller caller, String id) {
    throw notFound("Software Deployment", id);
  }

  @Override
  public Optional<MachineConfigs> machine(
      Caller caller, String serverId, Optional<String> known, Duration wait) {
    return Optional.of(new MachineConfigs("1", JsonNodeFactory.instance.arrayNode()));
  }
}
