package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.agent.runtime.podman.libpod.Names;
import io.hotpod.agent.runtime.podman.service.ProcessLimits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The body of libpod's {@code containers/create} for one container of a pod. Pure. */
final class ContainerSpecification {
  private static final long LOG_BYTES = 10L << 20;
  private static final long CPU_PERIOD = 100_000;
  private static final long SMALLEST_QUOTA = 1000;
  private static final long SMALLEST_SHARES = 2;

  private final String instanceId;
  private final String podName;
  private final PodContext context;
  private final Optional<ProcessLimits> limits;

  ContainerSpecification(
      String instanceId, String podName, PodContext context, Optional<ProcessLimits> limits) {
    this.instanceId = instanceId;
    this.podName = podName;
    this.context = context;
    this.limits = limits;
  }

  /**
   * @param imageUser the user that the image names; asked for only where {@link
   *     ContainerUser#needsImage}
   * @throws ConfigurationException when the manifest names what is not there
   */
  ObjectNode of(
      Container container, int attempt, List<Mount> mounts, Duration grace, String imageUser) {
    PodSpec spec = context.desired().pod().getSpec();
    Map<String, String> environment = Environment.of(container, context);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("name", Names.container(podName, container.getName(), attempt));
    body.put("pod", podName);
    body.put("image", container.getImage());
    ObjectNode labels = body.putObject("labels");
    labels
        .put(Labels.INSTANCE, instanceId)
        .put(Labels.POD, context.desired().id())
        .put(Labels.CONTAINER, container.getName())
        .put(Labels.ATTEMPT, Integer.toString(attempt));
    int place = spec.getInitContainers().indexOf(container);
    if (place >= 0 && Sidecars.is(container)) {
      labels.put(Labels.SIDECAR, Integer.toString(place));
    }
    Farewell.label(container).ifPresent(label -> labels.put(Labels.FAREWELL, label));
    words(body, "entrypoint", container.getCommand(), environment);
    words(body, "command", container.getArgs(), environment);
    if (!container.getCommand().isEmpty() && container.getArgs().isEmpty()) {
      // A command of the manifest's own leaves out the image's arguments.
      body.putArray("command");
    }
    if (container.getWorkingDir() != null) {
      body.put("work_dir", container.getWorkingDir());
    }
    ObjectNode variables = body.putObject("env");
    environment.forEach(variables::put);
    body.put("stop_timeout", grace.toSeconds());
    body.put("systemd", "false");
    body.put("stdin", Boolean.TRUE.equals(container.getStdin()));
    body.put("terminal", Boolean.TRUE.equals(container.getTty()));
    body.putObject("log_configuration").put("driver", "k8s-file").put("size", LOG_BYTES);
    ArrayNode volumes = body.putArray("mounts");
    for (Mount mount : mounts) {
      ObjectNode volume = volumes.addObject();
      volume.put("type", "bind");
      volume.put("source", mount.source().toString());
      volume.put("destination", mount.destination());
      volume
          .putArray("options")
          .add("rbind")
          .add(mount.readOnly() ? "ro" : "rw")
          .add(mount.propagation());
    }
    limits.ifPresent(tight -> processLimits(body, tight));
    resources(body, container);
    namespaces(body, spec);
    ContainerUser.of(container, spec).text(imageUser).ifPresent(user -> body.put("user", user));
    security(body, container, spec);
    return body;
  }

  /** What a pod shares with the machine, each container has to share for itself. */
  private static void namespaces(ObjectNode body, PodSpec spec) {
    if (Boolean.TRUE.equals(spec.getHostPID())) {
      body.putObject("pidns").put("nsmode", "host");
    }
    if (Boolean.TRUE.equals(spec.getHostIPC())) {
      body.putObject("ipcns").put("nsmode", "host");
    }
  }

  private static void words(
      ObjectNode body, String name, List<String> words, Map<String, String> environment) {
    if (!words.isEmpty()) {
      ArrayNode array = body.putArray(name);
      words.forEach(word -> array.add(Expansion.expand(word, environment)));
    }
  }

  private static void processLimits(ObjectNode body, ProcessLimits tight) {
    ArrayNode array = body.putArray("r_limits");
    array
        .addObject()
        .put("type", "nofile")
        .put("soft", tight.openFiles())
        .put("hard", tight.openFiles());
    array
        .addObject()
        .put("type", "nproc")
        .put("soft", tight.processes())
        .put("hard", tight.processes());
  }

  private static void resources(ObjectNode body, Container container) {
    if (container.getResources() == null) {
      return;
    }
    ObjectNode resources = JsonNodeFactory.instance.objectNode();
    ObjectNode cpu = JsonNodeFactory.instance.objectNode();
    Map<String, Quantity> most = orEmpty(container.getResources().getLimits());
    Map<String, Quantity> wanted = orEmpty(container.getResources().getRequests());
    if (most.containsKey("memory")) {
      resources.putObject("memory").put("limit", scaled(most.get("memory"), 1));
    }
    if (most.containsKey("cpu")) {
      long quota = scaled(most.get("cpu"), CPU_PERIOD);
      cpu.put("quota", Math.max(quota, SMALLEST_QUOTA)).put("period", CPU_PERIOD);
    }
    Quantity share = wanted.getOrDefault("cpu", most.get("cpu"));
    if (share != null) {
      cpu.put("shares", Math.max(scaled(share, 1024), SMALLEST_SHARES));
    }
    if (!cpu.isEmpty()) {
      resources.set("cpu", cpu);
    }
    if (!resources.isEmpty()) {
      body.set("resource_limits", resources);
    }
  }

  private static Map<String, Quantity> orEmpty(@Nullable Map<String, Quantity> quantities) {
    return quantities == null ? Map.of() : quantities;
  }

  private static BigDecimal amount(@Nullable Quantity quantity) {
    return quantity == null ? BigDecimal.ZERO : Quantity.getAmountInBytes(quantity);
  }

  /** What is beyond the largest number is that, as in Kubernetes. */
  private static long scaled(@Nullable Quantity quantity, long factor) {
    return amount(quantity)
        .multiply(BigDecimal.valueOf(factor))
        .setScale(0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValue();
  }

  private static void security(ObjectNode body, Container container, PodSpec spec) {
    Optional<SecurityContext> own = Optional.ofNullable(container.getSecurityContext());
    Optional<PodSecurityContext> pod = Optional.ofNullable(spec.getSecurityContext());
    ArrayNode groups = JsonNodeFactory.instance.arrayNode();
    pod.map(PodSecurityContext::getSupplementalGroups)
        .ifPresent(ids -> ids.forEach(id -> groups.add(Long.toString(id))));
    pod.map(PodSecurityContext::getFsGroup).ifPresent(id -> groups.add(Long.toString(id)));
    if (!groups.isEmpty()) {
      body.set("groups", groups);
    }
    own.map(SecurityContext::getPrivileged).ifPresent(value -> body.put("privileged", value));
    own.map(SecurityContext::getReadOnlyRootFilesystem)
        .ifPresent(value -> body.put("read_only_filesystem", value));
    own.map(SecurityContext::getAllowPrivilegeEscalation)
        .ifPresent(allowed -> body.put("no_new_privileges", !allowed));
    own.map(SecurityContext::getSeccompProfile)
        .flatMap(SecurityProfiles::seccomp)
        .ifPresent(path -> body.put("seccomp_profile_path", path));
    own.map(SecurityContext::getAppArmorProfile)
        .flatMap(SecurityProfiles::appArmor)
        .ifPresent(name -> body.put("apparmor_profile", name));
    own.map(SecurityContext::getCapabilities)
        .ifPresent(capabilities -> capabilities(body, capabilities));
  }

  private static void capabilities(ObjectNode body, Capabilities capabilities) {
    ArrayNode added = body.putArray("cap_add");
    capabilities.getAdd().forEach(added::add);
    ArrayNode dropped = body.putArray("cap_drop");
    capabilities.getDrop().forEach(dropped::add);
  }
}
