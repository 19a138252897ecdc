package io.hotpod.pod.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes one shape of everything that means the same: the defaults that a runtime relies on are
 * written out, by the Kubernetes API reference, and what says no more than a default is left out.
 */
final class PodDefaults {
  private static final int DEFAULT_MODE = 0644;
  private static final String TERMINATION_LOG = "/dev/termination-log";
  private static final List<String> VOLUME_SOURCES =
      List.of("emptyDir", "hostPath", "configMap", "secret", "projected", "downwardAPI");

  /** What a container takes over from its pod where it says nothing else itself. */
  private static final List<String> INHERITED =
      List.of("runAsUser", "runAsGroup", "runAsNonRoot", "seccompProfile", "appArmorProfile");

  private PodDefaults() {}

  /** Changes a checked pod in place. */
  static void apply(ObjectNode pod) {
    pod.put("apiVersion", "v1");
    absent(object(pod, "metadata"), "namespace", StringNode.valueOf("default"));
    ObjectNode spec = object(pod, "spec");
    absent(spec, "restartPolicy", StringNode.valueOf("Always"));
    absent(spec, "terminationGracePeriodSeconds", IntNode.valueOf(30));
    if (spec.path("dnsPolicy").asString("").equals("ClusterFirst")) {
      spec.remove("dnsPolicy");
    }
    boolean hostNetwork = spec.path("hostNetwork").asBoolean(false);
    ObjectNode inherited = inherited(spec);
    for (ObjectNode container : containers(spec)) {
      inherit(container, inherited);
      container(container, hostNetwork);
    }
    objects(spec, "volumes").forEach(PodDefaults::volume);
    prune(pod);
  }

  private static void container(ObjectNode container, boolean hostNetwork) {
    absent(
        container,
        "imagePullPolicy",
        StringNode.valueOf(pullPolicy(container.path("image").asString(""))));
    Map<String, JsonNode> ports = new LinkedHashMap<>();
    for (ObjectNode port : objects(container, "ports")) {
      absent(port, "protocol", StringNode.valueOf("TCP"));
      if (hostNetwork) {
        port.set("hostPort", port.get("containerPort"));
      }
      ports.put(port.path("name").asString(""), port.get("containerPort"));
    }
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.get(probe) instanceof ObjectNode object) {
        probe(object, ports);
      }
    }
    for (String hook : List.of("postStart", "preStop")) {
      if (container.path("lifecycle").get(hook) instanceof ObjectNode object) {
        handler(object, ports);
      }
    }
    defaultsLeftOut(container);
    for (ObjectNode variable : objects(container, "env")) {
      if (!variable.has("valueFrom")) {
        absent(variable, "value", StringNode.valueOf(""));
      } else {
        variable.remove("value");
      }
    }
    if (container.get("resources") instanceof ObjectNode resources
        && resources.get("limits") instanceof ObjectNode limits) {
      ObjectNode requests = resources.withObjectProperty("requests");
      limits.propertyStream().forEach(limit -> absent(requests, limit.getKey(), limit.getValue()));
    }
  }

  /** Always for an image without a tag or with the tag latest, as the kubelet decides it. */
  static String pullPolicy(String image) {
    if (image.contains("@")) {
      return "IfNotPresent";
    }
    String last = image.substring(image.lastIndexOf('/') + 1);
    int colon = last.indexOf(':');
    boolean latest = colon < 0 || last.substring(colon + 1).equals("latest");
    return latest ? "Always" : "IfNotPresent";
  }

  private static void probe(ObjectNode probe, Map<String, JsonNode> ports) {
    absent(probe, "initialDelaySeconds", IntNode.valueOf(0));
    absent(probe, "periodSeconds", IntNode.valueOf(10));
    absent(probe, "timeoutSeconds", IntNode.valueOf(1));
    absent(probe, "successThreshold", IntNode.valueOf(1));
    absent(probe, "failureThreshold", IntNode.valueOf(3));
    handler(probe, ports);
  }

  /** Named ports become numbers. */
  private static void handler(ObjectNode holder, Map<String, JsonNode> ports) {
    for (String name : List.of("httpGet", "tcpSocket")) {
      if (holder.get(name) instanceof ObjectNode handler) {
        JsonNode port = handler.path("port");
        if (port.isString() && ports.containsKey(port.stringValue())) {
          handler.set("port", ports.get(port.stringValue()));
        }
      }
    }
    if (holder.get("httpGet") instanceof ObjectNode get) {
      absent(get, "path", StringNode.valueOf("/"));
      absent(get, "scheme", StringNode.valueOf("HTTP"));
    }
  }

  private static void volume(ObjectNode volume) {
    if (VOLUME_SOURCES.stream().noneMatch(volume::has)) {
      volume.putObject("emptyDir");
    }
    for (String source : List.of("configMap", "secret", "projected", "downwardAPI")) {
      if (volume.get(source) instanceof ObjectNode object) {
        absent(object, "defaultMode", IntNode.valueOf(DEFAULT_MODE));
      }
    }
  }

  private static void defaultsLeftOut(ObjectNode container) {
    if (container.path("terminationMessagePath").asString("").equals(TERMINATION_LOG)) {
      container.remove("terminationMessagePath");
    }
    if (container.path("terminationMessagePolicy").asString("").equals("File")) {
      container.remove("terminationMessagePolicy");
    }
    for (ObjectNode mount : objects(container, "volumeMounts")) {
      if (mount.path("mountPropagation").asString("").equals("None")) {
        mount.remove("mountPropagation");
      }
    }
  }

  /** Takes out of the pod's security context what each container has to have for itself. */
  private static ObjectNode inherited(ObjectNode spec) {
    ObjectNode inherited = spec.objectNode();
    if (spec.get("securityContext") instanceof ObjectNode context) {
      for (String name : INHERITED) {
        Optional.ofNullable(context.remove(name)).ifPresent(value -> inherited.set(name, value));
      }
    }
    return inherited;
  }

  /** What a pod says of all its containers, where a container says nothing else itself. */
  private static void inherit(ObjectNode container, ObjectNode podContext) {
    podContext
        .propertyStream()
        .forEach(
            entry ->
                absent(
                    container.withObjectProperty("securityContext"),
                    entry.getKey(),
                    entry.getValue()));
  }

  /**
   * Leaves out booleans that repeat Kubernetes' default, and maps and lists with nothing in them
   * but an emptyDir, which means something even so.
   */
  private static boolean prune(JsonNode value) {
    if (value instanceof ObjectNode object) {
      List<String> superfluous = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        boolean repeats =
            entry.getValue().isBoolean()
                && entry.getValue().booleanValue()
                    == entry.getKey().equals("allowPrivilegeEscalation");
        if (repeats || (prune(entry.getValue()) && !entry.getKey().equals("emptyDir"))) {
          superfluous.add(entry.getKey());
        }
      }
      object.remove(superfluous);
      return object.isEmpty();
    }
    value.forEach(PodDefaults::prune);
    return value.isArray() && value.isEmpty();
  }

  private static List<ObjectNode> containers(ObjectNode spec) {
    List<ObjectNode> all = new ArrayList<>(objects(spec, "initContainers"));
    all.addAll(objects(spec, "containers"));
    return all;
  }

  private static List<ObjectNode> objects(ObjectNode parent, String name) {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode item : parent.path(name)) {
      if (item instanceof ObjectNode object) {
        objects.add(object);
      }
    }
    return objects;
  }

  private static ObjectNode object(ObjectNode parent, String name) {
    return parent.withObjectProperty(name);
  }

  private static void absent(ObjectNode object, String name, JsonNode value) {
    if (!object.has(name)) {
      object.set(name, value);
    }
  }
}
