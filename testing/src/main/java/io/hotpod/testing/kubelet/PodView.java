package io.hotpod.testing.kubelet;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One pod as {@code /pods} shows it. Called with the machine's lock held. */
final class PodView {
  private static final double NO_STATUSES_SECONDS = 0.05;

  private final FakeMachine machine;
  private final Workers workers;
  private final String nodeName;
  private final Clock clock;

  PodView(FakeMachine machine, Workers workers, String nodeName, Clock clock) {
    this.machine = machine;
    this.workers = workers;
    this.nodeName = nodeName;
    this.clock = clock;
  }

  ObjectNode of(Manifest manifest, long now) {
    ObjectNode pod = manifest.pod().deepCopy();
    ObjectNode metadata = pod.withObjectProperty("metadata");
    metadata.put("name", manifest.name());
    metadata.put("namespace", manifest.namespace());
    metadata.put("uid", manifest.uid());
    metadata.putNull("creationTimestamp");
    ObjectNode annotations = metadata.withObjectProperty("annotations");
    annotations.put("kubernetes.io/config.hash", manifest.uid());
    annotations.put("kubernetes.io/config.seen", clock.instant().toString());
    annotations.put("kubernetes.io/config.source", "file");
    pod.withObjectProperty("spec").put("nodeName", nodeName);
    pod.set("status", status(manifest, now));
    return pod;
  }

  private ObjectNode status(Manifest manifest, long now) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    Optional<FakeMachine.Sandbox> sandbox = workers.sandbox(manifest.uid());
    if (manifest.pod().toString().contains("999Gi")) {
      status.put("phase", "Failed");
      status.put("reason", "UnexpectedAdmissionError");
      status.put("message", "Pod was rejected: node has no such memory");
      return status;
    }
    boolean fresh = now - workers.added(manifest.uid()) < machine.pace.nanos(NO_STATUSES_SECONDS);
    if (sandbox.isEmpty() || fresh) {
      // Put aside, or only just taken in: nothing is known of it.
      status.put("phase", "Pending");
      return status;
    }
    containers(sandbox.get(), manifest, now, status);
    return status;
  }

  private void containers(
      FakeMachine.Sandbox sandbox, Manifest manifest, long now, ObjectNode status) {
    JsonNode spec = manifest.pod().path("spec");
    String policy = spec.path("restartPolicy").asString("Always");
    boolean stale = workers.isStale(sandbox, now);
    boolean stuck = manifest.needsApiServer() || manifest.lacksDirectory();
    double at =
        stuck
            ? -1
            : stale ? 60 : machine.pace.seconds(now - sandbox.startedAt) - sandbox.startSeconds;
    String name = manifest.name() + "_" + manifest.namespace();
    int carried = stale ? sandbox.carriedRestarts - 1 : sandbox.carriedRestarts;
    boolean initializing = false;
    boolean initFailed = false;
    ArrayNode inits = JsonNodeFactory.instance.arrayNode();
    for (JsonNode container : spec.path("initContainers")) {
      // They run before the moment at which the others can.
      ObjectNode one = new Statuses(container, at + 0.7, sandbox.time, carried, name).init(policy);
      JsonNode ended = one.path("state").path("terminated");
      boolean done = ended.isObject() && ended.path("exitCode").asInt() == 0;
      one.put("ready", done);
      initializing = initializing || !done;
      initFailed = initFailed || (ended.isObject() && !done && policy.equals("Never"));
      inits.add(one);
    }
    ArrayNode containers = JsonNodeFactory.instance.arrayNode();
    for (JsonNode container : spec.path("containers")) {
      containers.add(
          new Statuses(container, at, sandbox.time, carried, name)
              .main(policy, initializing, !inits.isEmpty()));
    }
    String phase = initFailed ? "Failed" : phase(initializing, containers, policy);
    status.put("phase", phase);
    conditions(status, phase, initializing, containers);
    if (at >= 0 && !spec.path("hostNetwork").asBoolean(false)) {
      status.put("podIP", "10.199.0.18");
    }
    status.put("startTime", sandbox.time.toString());
    if (!inits.isEmpty()) {
      status.set("initContainerStatuses", inits);
    }
    status.set("containerStatuses", containers);
    status.put("qosClass", "Burstable");
  }

  private static String phase(boolean initializing, ArrayNode containers, String policy) {
    if (initializing) {
      return "Pending";
    }
    boolean failed = false;
    boolean over = true;
    for (JsonNode status : containers) {
      JsonNode ended = status.path("state").path("terminated");
      boolean never =
          status.path("state").path("waiting").isObject()
              && !status.path("lastState").path("terminated").isObject();
      if (never) {
        return "Pending";
      }
      boolean again =
          policy.equals("Always")
              || (policy.equals("OnFailure") && ended.path("exitCode").asInt(0) != 0);
      over = over && ended.isObject() && !again;
      failed = failed || ended.path("exitCode").asInt(0) != 0;
    }
    return over ? (failed ? "Failed" : "Succeeded") : "Running";
  }

  private static void conditions(
      ObjectNode status, String phase, boolean initializing, ArrayNode containers) {
    List<String> unready = new ArrayList<>();
    for (JsonNode container : containers) {
      if (!container.path("ready").asBoolean()) {
        unready.add(container.path("name").asString(""));
      }
    }
    boolean over = phase.equals("Succeeded") || phase.equals("Failed");
    String reason =
        phase.equals("Succeeded")
            ? "PodCompleted"
            : phase.equals("Failed") ? "PodFailed" : "ContainersNotReady";
    ArrayNode conditions = status.putArray("conditions");
    conditions
        .addObject()
        .put("type", "PodReadyToStartContainers")
        .put("status", "True")
        .putNull("lastProbeTime");
    ObjectNode initialized = conditions.addObject().put("type", "Initialized");
    initialized.put("status", initializing ? "False" : "True");
    if (initializing) {
      initialized.put("reason", "ContainersNotInitialized");
    }
    for (String type : List.of("Ready", "ContainersReady")) {
      ObjectNode condition = conditions.addObject().put("type", type);
      condition.put("status", unready.isEmpty() && !over ? "True" : "False");
      if (!unready.isEmpty() || over) {
        condition.put("reason", reason);
        condition.put("message", "containers with unready status: " + unready);
      }
    }
    conditions.addObject().put("type", "PodScheduled").put("status", "True");
  }
}
