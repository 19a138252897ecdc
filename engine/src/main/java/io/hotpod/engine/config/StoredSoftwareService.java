package io.hotpod.engine.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.EngineLimits;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.StackSecrets;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The software service on a database. */
public final class StoredSoftwareService implements SoftwareService {
  private static final int LONGEST_SERVER_ID = 255;

  private final SoftwareConfigs configs;
  private final SoftwareDeployments deployments;
  private final ConfigDocuments documents;
  private final StackSecrets secrets;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Supplier<String> ids;
  private final EngineLimits limits;

  public StoredSoftwareService(
      SoftwareConfigs configs,
      SoftwareDeployments deployments,
      ConfigDocuments documents,
      StackSecrets secrets,
      Wakeups wakeups,
      Clock clock,
      Supplier<String> ids,
      EngineLimits limits) {
    this.configs = configs;
    this.deployments = deployments;
    this.documents = documents;
    this.secrets = secrets;
    this.wakeups = wakeups;
    this.clock = clock;
    this.ids = ids;
    this.limits = limits;
  }

  private ShownSoftware shown() {
    return new ShownSoftware(configs, secrets);
  }

  @Override
  public SoftwareConfig createConfig(Caller caller, ConfigRequest request) {
    SoftwareConfig config =
        new SoftwareConfig(
            ids.get(),
            caller.project(),
            request.name(),
            request.group(),
            request.config(),
            ConfigSchemas.inputs(request.inputs()),
            ConfigSchemas.outputs(request.outputs()),
            request.options(),
            Optional.empty(),
            clock.instant());
    if (!configs.store(config, limits.configsPerProject())) {
      throw full("software configs", limits.configsPerProject());
    }
    return shown().of(config);
  }

  @Override
  public SoftwareConfig config(Caller caller, String id) {
    return configs
        .find(caller.project(), id)
        .map(shown()::of)
        .orElseThrow(() -> notFound("Software Config", id));
  }

  private static EngineException notFound(String what, String id) {
    return new EngineException(
        ErrorCode.SOFTWARE_NOT_FOUND, "The %s (%s) could not be found.".formatted(what, id));
  }

  @Override
  public List<SoftwareConfig> configs(
      Caller caller, Optional<Integer> limit, Optional<String> marker) {
    return configs.list(caller.project(), limit, marker).stream().map(shown()::of).toList();
  }

  @Override
  public void deleteConfig(Caller caller, String id) {
    config(caller, id);
    if (!configs.delete(caller.project(), id)) {
      throw new EngineException(
          ErrorCode.CONFIG_IN_USE,
          "Software config with id %s can not be deleted as it is referenced.".formatted(id));
    }
  }

  @Override
  public SoftwareDeployment createDeployment(Caller caller, DeploymentRequest request) {
    String configId = required(request.configId(), "config_id");
    String serverId = required(request.serverId(), "server_id");
    if (serverId.length() > LONGEST_SERVER_ID) {
      throw refused("server_id takes at most %d characters.".formatted(LONGEST_SERVER_ID));
    }
    SoftwareDeployment deployment =
        new SoftwareDeployment(
            ids.get(),
            caller.project(),
            serverId,
            configId,
            Optional.empty(),
            request.inputValues().orElseGet(JsonNodeFactory.instance::objectNode),
            JsonNodeFactory.instance.nullNode(),
            request.action().orElse("INIT"),
            request.status().orElse(Status.COMPLETE),
            request.statusReason().orElse(""),
            clock.instant(),
            Optional.empty());
    return switch (deployments.store(deployment, limits.deploymentsPerProject())) {
      case STORED -> shown().of(deployment);
      case NO_ROOM -> throw full("software deployments", limits.deploymentsPerProject());
      case NO_CONFIG -> throw noConfig(configId);
    };
  }

  private static EngineException full(String what, int most) {
    return new EngineException(
        ErrorCode.LIMIT_EXCEEDED,
        "Request limit exceeded: You have reached the maximum %s per tenant, %d. Please delete some %s."
            .formatted(what, most, what));
  }

  private static EngineException noConfig(String id) {
    return refused("The Software Config (%s) could not be found.".formatted(id));
  }

  private static String required(Optional<String> value, String name) {
    return value
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> refused("No %s specified".formatted(name)));
  }

  private static EngineException refused(String message) {
    return new EngineException(ErrorCode.VALIDATION_FAILED, message);
  }

  @Override
  public SoftwareDeployment deployment(Caller caller, String id) {
    return deployments
        .find(caller.project(), id)
        .map(shown()::of)
        .orElseThrow(() -> notFound("Software Deployment", id));
  }

  @Override
  public List<SoftwareDeployment> deployments(Caller caller, Optional<String> serverId) {
    List<SoftwareDeployment> found = deployments.list(caller.project(), serverId);
    Map<String, SoftwareConfig> theirs = configs.ofDeployments(caller.project(), serverId);
    ShownSoftware shown = shown();
    return found.stream()
        .map(
            each -> {
              SoftwareConfig config = theirs.get(each.configId());
              // Its config was changed for another one since.
              return config == null ? shown.of(each) : shown.of(each, Optional.of(config));
            })
        .toList();
  }

  @Override
  public SoftwareDeployment updateDeployment(Caller caller, String id, DeploymentRequest request) {
    SoftwareDeployments.Changed changed =
        deployments
            .change(caller.project(), id, before -> changed(before, request))
            .orElseThrow(() -> notFound("Software Deployment", id));
    if (!changed.hasConfig()) {
      throw noConfig(changed.deployment().configId());
    }
    return shown().of(changed.deployment());
  }

  private SoftwareDeployment changed(SoftwareDeployment before, DeploymentRequest request) {
    return new SoftwareDeployment(
        before.id(),
        before.project(),
        before.serverId(),
        request.configId().orElse(before.configId()),
        before.resourceId(),
        request.inputValues().orElse(before.inputValues()),
        request.outputValues().isPresent() ? request.outputValues().get() : before.outputValues(),
        request.action().orElse(before.action()),
        request.status().orElse(before.status()),
        request.statusReason().orElse(before.statusReason()),
        before.createdAt(),
        Optional.of(clock.instant()));
  }

  @Override
  public void deleteDeployment(Caller caller, String id) {
    deployment(caller, id);
    deployments.delete(caller.project(), id);
  }

  @Override
  public Optional<MachineConfigs> machine(
      Caller caller, String serverId, Optional<String> known, Duration wait) {
    return wakeups.await(
        List.of(Topics.deployments(serverId)),
        wait,
        () ->
            Optional.of(now(caller.project(), serverId))
                .filter(configs -> known.isEmpty() || !known.get().equals(configs.revision())));
  }

  private MachineConfigs now(String project, String serverId) {
    ArrayNode list = documents.machine(project, serverId);
    return new MachineConfigs(
        UUID.nameUUIDFromBytes(list.toString().getBytes(UTF_8)).toString(), list);
  }
}
