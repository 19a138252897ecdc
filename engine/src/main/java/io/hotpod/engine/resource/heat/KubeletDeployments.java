package io.hotpod.engine.resource.heat;

import io.hotpod.engine.config.KubeletConfigs;
import io.hotpod.engine.config.SoftwareConfig;
import io.hotpod.engine.config.SoftwareConfigs;
import io.hotpod.engine.instance.PodPlacement;
import io.hotpod.engine.resource.Decision;
import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.kubernetes.PodDeploymentType;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Software deployments of group {@code kubelet} on instances of this server: they are deployments
 * of pods in all but their name.
 */
final class KubeletDeployments {
  private final SoftwareConfigs configs;
  private final PodPlacement placement;
  private final PodDeploymentType pods;

  KubeletDeployments(SoftwareConfigs configs, PodPlacement placement, PodDeploymentType pods) {
    this.configs = configs;
    this.placement = placement;
    this.pods = pods;
  }

  PodDeploymentType pods() {
    return pods;
  }

  /** Whether properties, as far as they are known, are those of such a deployment. */
  boolean isPod(DecisionContext context, ObjectNode properties) {
    String config = properties.path(DeploymentProperties.CONFIG).asString("");
    return group(context, config).filter(SoftwareConfig.KUBELET::equals).isPresent()
        && placement.hasInstance(
            context.project(), properties.path(DeploymentProperties.SERVER).asString(""));
  }

  private Optional<String> group(DecisionContext context, String config) {
    return config.isEmpty()
        ? Optional.empty()
        : context
            .predicted(config)
            .map(foreseen -> foreseen.path(ConfigProperties.GROUP).asString(""))
            .or(() -> configs.find(context.project(), config).map(SoftwareConfig::group));
  }

  /** The same for a resource that exists: it has a pod, or would have one. */
  boolean hasPod(ResourceContext context) {
    return placement.instanceOf(context.resource().id()).isPresent()
        || isPod(DecisionContext.real(context.stack().project()), context.properties());
  }

  boolean hasPod(ResourceRecord resource) {
    return placement.instanceOf(resource.id()).isPresent();
  }

  Decision decide(
      DecisionContext context, ObjectNode before, ObjectNode after, Set<String> unknown) {
    return pods.decide(foreseeing(context), podProperties(before), podProperties(after), unknown);
  }

  JsonNode content(DecisionContext context, ObjectNode properties) {
    return pods.content(foreseeing(context), podProperties(properties));
  }

  /** The step as a deployment of a pod sees it. */
  ResourceContext asPod(ResourceContext context) {
    return new PodView(context, podProperties(context.properties()));
  }

  private static ObjectNode podProperties(ObjectNode properties) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    for (String name :
        new String[] {
          DeploymentProperties.CONFIG,
          DeploymentProperties.SERVER,
          DeploymentProperties.INPUT_VALUES
        }) {
      if (properties.has(name)) {
        pod.set(name, properties.path(name));
      }
    }
    return pod;
  }

  private static DecisionContext foreseeing(DecisionContext context) {
    return new DecisionContext() {
      @Override
      public String project() {
        return context.project();
      }

      @Override
      public Optional<ObjectNode> predicted(String referenceId) {
        return context
            .predicted(referenceId)
            .map(
                foreseen ->
                    KubeletConfigs.properties(
                        foreseen.path(ConfigProperties.CONFIG),
                        foreseen.path(ConfigProperties.INPUTS)));
      }
    };
  }
}
