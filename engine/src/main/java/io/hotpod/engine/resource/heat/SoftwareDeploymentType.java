package io.hotpod.engine.resource.heat;

import io.hotpod.engine.config.SoftwareConfig;
import io.hotpod.engine.config.SoftwareConfigs;
import io.hotpod.engine.config.SoftwareDeployment;
import io.hotpod.engine.config.SoftwareDeployments;
import io.hotpod.engine.instance.PodPlacement;
import io.hotpod.engine.resource.Decision;
import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.SignalContext;
import io.hotpod.engine.resource.kubernetes.PodDeploymentType;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import io.hotpod.template.ResourceView;
import io.hotpod.template.schema.ResourceSchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code OS::Heat::SoftwareDeployment} and {@code OS::Heat::StructuredDeployment}: a software
 * config on a machine. A config of group {@code kubelet} on an instance of this server is a pod
 * there.
 */
public final class SoftwareDeploymentType implements ResourceType {
  private static final String STATUS_CODE = "deploy_status_code";

  private final ResourceSchema schema;
  private final boolean structured;
  private final SoftwareConfigs configs;
  private final SoftwareDeployments deployments;
  private final KubeletDeployments kubelet;

  private SoftwareDeploymentType(
      ResourceSchema schema,
      boolean structured,
      SoftwareConfigs configs,
      SoftwareDeployments deployments,
      KubeletDeployments kubelet) {
    this.schema = schema;
    this.structured = structured;
    this.configs = configs;
    this.deployments = deployments;
    this.kubelet = kubelet;
  }

  /**
   * Both types.
   *
   * @param pods deploys the pods of configs of group {@code kubelet}
   */
  public static List<ResourceType> all(
      SoftwareConfigs configs,
      SoftwareDeployments deployments,
      PodPlacement placement,
      PodDeploymentType pods) {
    KubeletDeployments kubelet = new KubeletDeployments(configs, placement, pods);
    return List.of(
        new SoftwareDeploymentType(
            DeploymentProperties.schema(
                "OS::Heat::SoftwareDeployment", "A software config on a machine.", false),
            false,
            configs,
            deployments,
            kubelet),
        new SoftwareDeploymentType(
            DeploymentProperties.schema(
                "OS::Heat::StructuredDeployment",
                "A structured config on a machine, with the values of its inputs put in.",
                true),
            true,
            configs,
            deployments,
            kubelet));
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<String> chosenPhysicalId(String resourceId) {
    return Optional.of(resourceId);
  }

  @Override
  public Decision decide(
      DecisionContext context, ObjectNode before, ObjectNode after, Set<String> unknown) {
    Decision decision = ResourceType.super.decide(context, before, after, unknown);
    if (decision.kind() != Decision.Kind.UPDATE) {
      return decision;
    }
    boolean pod = kubelet.isPod(context, before);
    if (!unknown.contains(DeploymentProperties.CONFIG)) {
      if (pod != kubelet.isPod(context, after)) {
        return Decision.replace(List.of("the group of the config changed"));
      }
      List<String> fixed =
          ReplacingInputs.changed(inputs(context, before), before, inputs(context, after), after);
      if (!fixed.isEmpty() && !unknown.contains(DeploymentProperties.INPUT_VALUES)) {
        return Decision.replace(fixed);
      }
    }
    if (!pod) {
      return decision;
    }
    Decision ofPod = kubelet.decide(context, before, after, unknown);
    return ofPod.kind() == Decision.Kind.NONE ? decision : ofPod;
  }

  private JsonNode inputs(DecisionContext context, ObjectNode properties) {
    String config = properties.path(DeploymentProperties.CONFIG).asString("");
    return context
        .predicted(config)
        .map(foreseen -> foreseen.path(ConfigProperties.INPUTS))
        .or(() -> configs.find(context.project(), config).map(SoftwareConfig::inputs))
        .orElseGet(JsonNodeFactory.instance::arrayNode);
  }

  @Override
  public JsonNode content(DecisionContext context, ObjectNode properties) {
    return kubelet.isPod(context, properties) ? kubelet.content(context, properties) : properties;
  }

  private DeploymentRun run(ResourceContext context) {
    return new DeploymentRun(configs, deployments, context, structured);
  }

  @Override
  public Physical create(ResourceContext context) {
    if (kubelet.hasPod(context)) {
      return kubelet.pods().create(kubelet.asPod(context));
    }
    run(context).act("CREATE");
    return Physical.of(context.resource().id());
  }

  @Override
  public Physical update(ResourceContext context, ResourceRecord existing) {
    if (kubelet.hasPod(context)) {
      return kubelet.pods().update(kubelet.asPod(context), existing);
    }
    DeploymentRun run = run(context);
    run.act(isStillCreated(existing) || run.hasBegun("CREATE") ? "CREATE" : "UPDATE");
    return Physical.of(context.resource().id());
  }

  /** A creation that a crash or a newer operation ended goes on as one. */
  private static boolean isStillCreated(ResourceRecord existing) {
    return existing.action() == Action.CREATE && existing.status() != Status.COMPLETE;
  }

  @Override
  public void delete(ResourceContext context) {
    if (kubelet.hasPod(context)) {
      kubelet.pods().delete(kubelet.asPod(context));
    } else if (deployments.find(context.resource().id()).isPresent()) {
      DeploymentRun run = run(context);
      // Without its config there is nothing that a machine could be given to do.
      if (run.hasConfig()) {
        run.act("DELETE");
      }
      deployments.delete(context.stack().project(), context.resource().id());
    }
  }

  @Override
  public void suspend(ResourceContext context) {
    if (kubelet.hasPod(context)) {
      kubelet.pods().suspend(kubelet.asPod(context));
    } else {
      run(context).act("SUSPEND");
    }
  }

  @Override
  public void resume(ResourceContext context) {
    if (kubelet.hasPod(context)) {
      kubelet.pods().resume(kubelet.asPod(context));
    } else {
      run(context).act("RESUME");
    }
  }

  @Override
  public Optional<List<String>> check(ResourceContext context) {
    return kubelet.hasPod(context)
        ? kubelet.pods().check(kubelet.asPod(context))
        : Optional.empty();
  }

  @Override
  public boolean takesSignals() {
    return true;
  }

  @Override
  public boolean takesSignalsDuring(Action action) {
    return true;
  }

  @Override
  public Optional<String> signal(SignalContext context, ObjectNode details) {
    return deployments.signal(context.resource().id(), context.round(), details, context.now());
  }

  @Override
  public Set<String> attributeNames(ResourceRecord resource) {
    Set<String> names = new LinkedHashSet<>(schema.attributes().keySet());
    outputs(resource).propertyNames().forEach(names::add);
    if (kubelet.hasPod(resource)) {
      names.addAll(kubelet.pods().schema().attributes().keySet());
    }
    return names;
  }

  private JsonNode outputs(ResourceRecord resource) {
    return deployments
        .find(resource.id())
        .map(SoftwareDeployment::outputValues)
        .filter(JsonNode::isObject)
        .orElseGet(JsonNodeFactory.instance::objectNode);
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    if (kubelet.hasPod(resource)) {
      return kubelet.pods().attribute(resource, name);
    }
    JsonNode value = outputs(resource).path(name);
    return value.isMissingNode()
        ? Optional.of(JsonNodeFactory.instance.nullNode())
        : Optional.of(value);
  }

  /** What a machine signals may repeat its inputs, as what the runtime of a pod says may. */
  @Override
  public Optional<JsonNode> shownAttribute(
      ResourceRecord resource, String name, List<JsonNode> path, Supplier<Redaction> hidden) {
    if (kubelet.hasPod(resource)) {
      return kubelet.pods().shownAttribute(resource, name, path, hidden);
    }
    return attribute(resource, name)
        .map(value -> name.equals(STATUS_CODE) ? value : shown(resource, name, value, hidden))
        .map(value -> ResourceView.inside(value, path));
  }

  private JsonNode shown(
      ResourceRecord resource, String name, JsonNode value, Supplier<Redaction> hidden) {
    boolean forTheMachine =
        !value.isNull()
            && deployments
                .find(resource.id())
                .flatMap(deployment -> configs.find(deployment.project(), deployment.configId()))
                .filter(config -> config.hiddenOutputs().contains(name))
                .isPresent();
    return forTheMachine
        ? JsonNodeFactory.instance.stringNode(Redaction.HIDDEN)
        : hidden.get().apply(value);
  }
}
