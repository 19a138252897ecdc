package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.ConfigurationValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The variables of one container. Pure. */
final class Environment {
  private Environment() {}

  /**
   * All variables in order; later ones win and may use {@code $(EARLIER)}.
   *
   * @throws ConfigurationException when a ConfigMap, a Secret or a key is named that is not there
   */
  static Map<String, String> of(Container container, PodContext context) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (EnvFromSource source : container.getEnvFrom()) {
      addAll(source, context, variables);
    }
    for (EnvVar variable : container.getEnv()) {
      EnvVarSource source = variable.getValueFrom();
      if (source == null) {
        String value = variable.getValue() == null ? "" : variable.getValue();
        variables.put(variable.getName(), Expansion.expand(value, variables));
      } else {
        value(variable.getName(), source, container, context)
            .ifPresent(value -> variables.put(variable.getName(), value));
      }
    }
    return variables;
  }

  /** Whether a variable is the pod's address, which is known only once its network stands. */
  static boolean needsPodIp(Container container) {
    return container.getEnv().stream()
        .map(EnvVar::getValueFrom)
        .anyMatch(
            source ->
                source != null
                    && source.getFieldRef() != null
                    && source.getFieldRef().getFieldPath().startsWith("status.podIP"));
  }

  private static void addAll(
      EnvFromSource source, PodContext context, Map<String, String> variables) {
    variables.putAll(new ConfigurationValues(context.desired()).variables(source));
  }

  private static Optional<String> value(
      String variable, EnvVarSource source, Container container, PodContext context) {
    if (source.getFieldRef() != null) {
      return Optional.of(context.field(source.getFieldRef().getFieldPath()));
    }
    if (source.getResourceFieldRef() != null) {
      return Optional.of(
          ContainerResources.value(
              source.getResourceFieldRef(),
              context.container(source.getResourceFieldRef(), container),
              context.machine()));
    }
    ConfigurationValues values = new ConfigurationValues(context.desired());
    if (source.getConfigMapKeyRef() != null) {
      return values.value(source.getConfigMapKeyRef());
    }
    if (source.getSecretKeyRef() != null) {
      return values.value(source.getSecretKeyRef());
    }
    throw new ConfigurationException(
        "variable " + variable + ": this kind of valueFrom is not served here");
  }
}
