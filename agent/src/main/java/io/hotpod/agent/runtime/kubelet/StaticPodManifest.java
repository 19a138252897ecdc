package io.hotpod.agent.runtime.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.ConfigurationValues;
import io.hotpod.agent.runtime.Marks;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.PodJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes of a desired pod what a kubelet without an API server takes: nothing refers to a ConfigMap
 * or Secret any more, the pod carries its marks, and it has no {@code metadata.uid}, because a
 * kubelet goes on with the old processes when the content changes under one uid. Pure.
 */
final class StaticPodManifest {
  private static final Pattern HOSTNAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private final String instanceId;
  private final RenderedVolumes volumes;

  /**
   * @param volumes where the files of ConfigMap and Secret volumes are
   */
  StaticPodManifest(String instanceId, RenderedVolumes volumes) {
    this.instanceId = instanceId;
    this.volumes = volumes;
  }

  /**
   * @throws ConfigurationException when the pod names a ConfigMap, Secret or key that it does not
   *     bring along
   */
  StaticPodFile of(DesiredPod desired, String name, String revision) {
    Pod pod = PodJson.read(PodJson.toTree(desired.pod()), Pod.class);
    String given = pod.getMetadata().getName();
    Map<String, String> annotations = new TreeMap<>();
    if (pod.getMetadata().getAnnotations() != null) {
      annotations.putAll(pod.getMetadata().getAnnotations());
    }
    annotations.put(Marks.INSTANCE, instanceId);
    annotations.put(Marks.POD, desired.id());
    annotations.put(Marks.TOKEN, desired.token().value());
    annotations.put(StaticPodFile.POD_NAME, given);
    annotations.put(StaticPodFile.REVISION, revision);
    pod.getMetadata().setAnnotations(annotations);
    pod.getMetadata().setName(name);
    pod.getMetadata().setUid(null);
    hostname(pod.getSpec(), given);
    Set<String> rendered = volumes(desired, name, pod.getSpec());
    ConfigurationValues values = new ConfigurationValues(desired);
    for (List<Container> containers :
        List.of(pod.getSpec().getInitContainers(), pod.getSpec().getContainers())) {
      for (Container container : containers) {
        environment(container, values, given);
        for (VolumeMount mount : container.getVolumeMounts()) {
          if (rendered.contains(mount.getName())) {
            mount.setReadOnly(true);
          }
        }
      }
    }
    JsonNode manifest = PodJson.toTree(pod);
    return new StaticPodFile(
        new io.hotpod.agent.runtime.PodKey(desired.id(), desired.token()),
        name,
        revision,
        (ObjectNode) manifest);
  }

  /** Inside, a pod is called as its manifest says, and not as the kubelet has to call it. */
  private static void hostname(PodSpec spec, String given) {
    if (spec.getHostname() == null
        && !Boolean.TRUE.equals(spec.getHostNetwork())
        && HOSTNAME.matcher(given).matches()) {
      spec.setHostname(given);
    }
  }

  private Set<String> volumes(DesiredPod desired, String name, PodSpec spec) {
    Set<String> rendered = new HashSet<>();
    for (Volume volume : spec.getVolumes()) {
      if (RenderedVolumes.isRendered(volume)) {
        HostPathVolumeSource source = new HostPathVolumeSource();
        source.setPath(volumes.directory(name, desired.token(), volume).toString());
        // Not made by the kubelet: an empty directory would be taken for the configuration.
        source.setType("Directory");
        volume.setConfigMap(null);
        volume.setSecret(null);
        volume.setProjected(null);
        volume.setHostPath(source);
        rendered.add(volume.getName());
      }
    }
    return rendered;
  }

  private static void environment(Container container, ConfigurationValues values, String given) {
    List<EnvVar> variables = new ArrayList<>();
    for (EnvFromSource source : container.getEnvFrom()) {
      values
          .variables(source)
          .forEach((key, value) -> variables.add(variable(key, literally(value))));
    }
    for (EnvVar variable : container.getEnv()) {
      EnvVarSource source = variable.getValueFrom();
      if (source == null) {
        variables.add(variable);
      } else if (source.getConfigMapKeyRef() != null || source.getSecretKeyRef() != null) {
        Optional<String> value =
            source.getConfigMapKeyRef() != null
                ? values.value(source.getConfigMapKeyRef())
                : values.value(source.getSecretKeyRef());
        value.ifPresent(text -> variables.add(variable(variable.getName(), literally(text))));
      } else if (source.getFieldRef() != null
          && "metadata.name".equals(source.getFieldRef().getFieldPath())) {
        variables.add(variable(variable.getName(), given));
      } else {
        variables.add(variable);
      }
    }
    container.setEnvFrom(List.of());
    container.setEnv(variables);
  }

  private static EnvVar variable(String name, String value) {
    EnvVar variable = new EnvVar();
    variable.setName(name);
    variable.setValue(value);
    return variable;
  }

  /** In a value that stands in a manifest, a dollar sign begins a reference unless doubled. */
  private static String literally(String value) {
    return value.replace("$", "$$");
  }
}
