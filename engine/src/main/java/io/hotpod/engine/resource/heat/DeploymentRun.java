package io.hotpod.engine.resource.heat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.config.DerivedInputs;
import io.hotpod.engine.config.SoftwareConfig;
import io.hotpod.engine.config.SoftwareConfigs;
import io.hotpod.engine.config.SoftwareDeployment;
import io.hotpod.engine.config.SoftwareDeployments;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.signal.SignalTransport;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.wake.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One action of a deployment: the machine gets a config for it, and says what became of it. Used by
 * one step.
 */
final class DeploymentRun {
  private static final Duration LONGEST = Duration.ofDays(3650);

  private final SoftwareConfigs configs;
  private final SoftwareDeployments deployments;
  private final ResourceContext context;
  private final boolean structured;

  DeploymentRun(
      SoftwareConfigs configs,
      SoftwareDeployments deployments,
      ResourceContext context,
      boolean structured) {
    this.configs = configs;
    this.deployments = deployments;
    this.context = context;
    this.structured = structured;
  }

  /**
   * Does an action, if the deployment has it, and waits for its end.
   *
   * @throws ResourceFailure when the machine says that it failed
   */
  void act(String action) {
    SoftwareConfig source = source();
    if (!DeploymentProperties.isFor(context.properties(), source, action)) {
      cancelEarlier();
      return;
    }
    waitFor(deployments.deploy(deployment(source, action), derived(source, action)), action);
  }

  /**
   * Whatever an operation before this one began and did not come to cancel: its server was lost.
   */
  private void cancelEarlier() {
    deployments
        .find(context.resource().id())
        .filter(deployment -> deployment.status() == Status.IN_PROGRESS)
        .ifPresent(this::cancel);
  }

  private void cancel(SoftwareDeployment deployment) {
    deployments.cancel(deployment.id(), deployment.configId(), context.clock().instant());
  }

  /** Whether the machine was given the config of an action by this very operation. */
  boolean hasBegun(String action) {
    return deployments
        .find(context.resource().id())
        .filter(deployment -> deployment.configId().equals(derivedId(action)))
        .isPresent();
  }

  /** Whether there still is the config that it is about. */
  boolean hasConfig() {
    String id = configId();
    return id.isEmpty() || configs.find(context.stack().project(), id).isPresent();
  }

  private String configId() {
    return context.properties().path(DeploymentProperties.CONFIG).asString("");
  }

  private SoftwareConfig source() {
    String id = configId();
    if (id.isEmpty()) {
      return empty();
    }
    return configs
        .find(context.stack().project(), id)
        .orElseThrow(
            () -> new ResourceFailure("The Software Config (" + id + ") could not be found."));
  }

  /** A deployment may have no config; the machine gets inputs only then. */
  private SoftwareConfig empty() {
    return new SoftwareConfig(
        "",
        context.stack().project(),
        context.resource().name(),
        SoftwareConfig.UNGROUPED,
        JsonNodeFactory.instance.stringNode(""),
        JsonNodeFactory.instance.arrayNode(),
        JsonNodeFactory.instance.arrayNode(),
        JsonNodeFactory.instance.objectNode(),
        Optional.empty(),
        context.clock().instant());
  }

  private SignalTransport transport() {
    return SignalTransport.valueOf(
        context
            .properties()
            .path(DeploymentProperties.TRANSPORT)
            .asString(SignalTransport.CFN_SIGNAL.name()));
  }

  private String serverId() {
    return context.properties().path(DeploymentProperties.SERVER).asString("");
  }

  /**
   * Another id for each action of each operation, so that machines know that there is work; the
   * same one when the operation goes on after a crash, so that they do not work twice.
   */
  private String derivedId(String action) {
    String round =
        String.join(" ", context.resource().id(), action, context.resource().operationId());
    return UUID.nameUUIDFromBytes(round.getBytes(UTF_8)).toString();
  }

  private SoftwareConfig derived(SoftwareConfig source, String action) {
    ObjectNode properties = context.properties();
    ArrayNode inputs =
        new DerivedInputs(
                serverId(),
                action,
                context.stack().name() + "/" + context.stack().id(),
                context.resource().name(),
                transport().name())
            .complete(source.inputs(), DeploymentProperties.inputValues(properties));
    JsonNode config = source.config();
    if (structured) {
      config =
          new StructuredInputs(
                  properties.path(DeploymentProperties.INPUT_KEY).asString("get_input"),
                  properties.path(DeploymentProperties.VALIDATE).asString("LAX").equals("STRICT"))
              .fill(config, inputs);
    }
    String name = properties.path(DeploymentProperties.NAME).asString("");
    return new SoftwareConfig(
        derivedId(action),
        source.project(),
        name.isEmpty() ? source.name() : name,
        source.group(),
        config,
        inputs,
        source.outputs(),
        source.options(),
        Optional.of(context.resource().id()),
        context.clock().instant());
  }

  private SoftwareDeployment deployment(SoftwareConfig source, String action) {
    boolean waits = transport() != SignalTransport.NO_SIGNAL;
    Instant now = context.clock().instant();
    Optional<SoftwareDeployment> before = deployments.find(context.resource().id());
    return new SoftwareDeployment(
        context.resource().id(),
        source.project(),
        serverId(),
        derivedId(action),
        Optional.of(context.resource().id()),
        DeploymentProperties.inputValues(context.properties()),
        before.map(SoftwareDeployment::outputValues).orElse(JsonNodeFactory.instance.nullNode()),
        action,
        waits ? Status.IN_PROGRESS : Status.COMPLETE,
        waits ? "Deploy data available" : "Not waiting for outputs signal",
        before.map(SoftwareDeployment::createdAt).orElse(now),
        before.map(present -> now));
  }

  private void waitFor(SoftwareDeployment deployed, String action) {
    Optional<Boolean> done =
        context.awaitAnew(
            List.of(Topics.signals(deployed.id())),
            LONGEST,
            () -> {
              SoftwareDeployment present =
                  deployments
                      .find(deployed.id())
                      .orElseThrow(
                          () ->
                              new ResourceFailure(
                                  "the deployment was deleted while the machine worked on it"));
              return switch (present.status()) {
                case COMPLETE -> Optional.of(true);
                case FAILED ->
                    throw new ResourceFailure(
                        "Error", "", "Deployment to server failed: " + present.statusReason());
                case IN_PROGRESS -> {
                  context.progress(
                      "waiting for server %s to signal the end of %s"
                          .formatted(present.serverId(), action));
                  yield Optional.empty();
                }
              };
            },
            () -> cancel(deployed));
    if (done.isEmpty()) {
      throw new ResourceFailure("the server did not signal the end of " + action);
    }
  }
}
