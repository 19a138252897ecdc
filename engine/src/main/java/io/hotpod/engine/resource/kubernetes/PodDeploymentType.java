package io.hotpod.engine.resource.kubernetes;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.engine.config.PodConfig;
import io.hotpod.engine.config.PodConfigs;
import io.hotpod.engine.instance.PodPlacement;
import io.hotpod.engine.resource.Decision;
import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.PlannedPod;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.pod.Change;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.PodDiff;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.UpdateStrategy;
import io.hotpod.pod.WaitFor;
import io.hotpod.template.ResourceView;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code OS::Kubernetes::PodDeployment}: ties a pod configuration to an instance. Every operation
 * on the stack is mirrored to the pod, and ends when the instance reports that it is so.
 */
public final class PodDeploymentType implements ResourceType {
  static final String NAME = "OS::Kubernetes::PodDeployment";
  static final String CONFIG = "config";
  static final String SERVER = "server";
  static final String POD_NAME = "name";
  static final String INPUT_VALUES = "input_values";
  static final String WAIT_FOR = "wait_for";
  static final String TIMEOUT = "timeout";
  static final String UPDATE_STRATEGY = "update_strategy";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The types whose resources are pods. */
  private static final Set<String> DEPLOYING =
      Set.of(NAME, "OS::Heat::SoftwareDeployment", "OS::Heat::StructuredDeployment");

  private static final int LONGEST_WAIT = 86_400;
  private static final Pattern DNS_SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          NAME,
          "A pod on an instance, for as long as the stack wants it.",
          List.of(
              PropertyDefinition.of(CONFIG, PropertyType.STRING, "Id of the pod configuration.")
                  .mandatory()
                  .notEmpty()
                  .updatable(),
              PropertyDefinition.of(SERVER, PropertyType.STRING, "Name or id of the instance.")
                  .mandatory()
                  .notEmpty(),
              PropertyDefinition.of(
                      POD_NAME, PropertyType.STRING, "Name of the pod instead of the manifest's.")
                  .updatable(),
              PropertyDefinition.of(
                      INPUT_VALUES, PropertyType.MAP, "Values for the configuration's inputs.")
                  .updatable(),
              PropertyDefinition.of(
                      WAIT_FOR, PropertyType.STRING, "What the pod must reach to count as done.")
                  .withDefault(JSON.stringNode(WaitFor.READY.name()))
                  .oneOf(Stream.of(WaitFor.values()).map(Enum::name).toList())
                  .updatable(),
              PropertyDefinition.of(
                      TIMEOUT,
                      PropertyType.INTEGER,
                      "Seconds to wait for the pod; the stack's own time limit holds as well.")
                  .between(1, LONGEST_WAIT)
                  .updatable(),
              PropertyDefinition.of(
                      UPDATE_STRATEGY,
                      PropertyType.STRING,
                      "How a changed pod takes the place of the old one.")
                  .withDefault(JSON.stringNode(UpdateStrategy.RECREATE.name()))
                  .oneOf(Stream.of(UpdateStrategy.values()).map(Enum::name).toList())
                  .updatable()),
          PodAttributes.DEFINITIONS);

  private final PodConfigs configs;
  private final PodPlacement placement;

  public PodDeploymentType(PodConfigs configs, PodPlacement placement) {
    this.configs = configs;
    this.placement = placement;
  }

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public boolean runsPod() {
    return true;
  }

  @Override
  public Optional<PlannedPod> plannedPod(
      DecisionContext context, ObjectNode properties, Set<String> unknown) {
    if (unknown.contains(SERVER)) {
      return Optional.empty();
    }
    String server = properties.path(SERVER).asString("");
    String instanceId = placement.instanceId(context.project(), server);
    boolean open = unknown.contains(CONFIG) || unknown.contains(INPUT_VALUES);
    HostPorts ports =
        (open ? Optional.<RenderedPod>empty() : tryRender(context, properties))
            .map(rendered -> HostPorts.of(rendered.pod()))
            .orElse(new HostPorts(List.of()));
    return Optional.of(new PlannedPod(instanceId, server, placement.takesPods(instanceId), ports));
  }

  @Override
  public Optional<String> chosenPhysicalId(String resourceId) {
    return Optional.of(resourceId);
  }

  @Override
  public boolean reachesOutside() {
    // A step makes a pod desired, in the database; the agent that reads it there reaches out.
    return false;
  }

  @Override
  public boolean replaceWhenFailed() {
    // What should be is known, and the agent goes on trying; another pod would be no better.
    return false;
  }

  @Override
  public boolean renewedByUpdate() {
    // Another incarnation has another token, and the agent makes another pod in place of the old.
    return true;
  }

  @Override
  public List<Problem> validate(
      ObjectNode properties,
      Set<String> unknown,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    String name = properties.path(POD_NAME).asString("");
    if (name.isEmpty() || (name.length() <= 63 && DNS_SUBDOMAIN.matcher(name).matches())) {
      return List.of();
    }
    return List.of(
        new Problem(
            locate.apply(List.of(POD_NAME)),
            path + ".properties." + POD_NAME,
            "\"%s\" is not a pod name: at most 63 lower-case letters, digits, '-' and '.'"
                .formatted(name),
            Optional.empty()));
  }

  @Override
  public Decision decide(
      DecisionContext context, ObjectNode before, ObjectNode after, Set<String> unknown) {
    Decision decision = ResourceType.super.decide(context, before, after, unknown);
    if (decision.kind() == Decision.Kind.REPLACE) {
      return new Decision(Decision.Kind.REPLACE, decision.reasons(), true);
    }
    if (decision.kind() == Decision.Kind.NONE) {
      return decision;
    }
    if (unknown.contains(CONFIG) || unknown.contains(INPUT_VALUES)) {
      return new Decision(Decision.Kind.UPDATE, decision.reasons(), true);
    }
    return explained(context, before, after, decision);
  }

  private Decision explained(
      DecisionContext context, ObjectNode before, ObjectNode after, Decision decision) {
    Optional<RenderedPod> old = tryRender(context, before);
    Optional<RenderedPod> next = tryRender(context, after);
    if (old.isEmpty() || next.isEmpty()) {
      return new Decision(Decision.Kind.UPDATE, decision.reasons(), true);
    }
    if (old.get().content().equals(next.get().content())) {
      List<String> reasons = new ArrayList<>(decision.reasons());
      List<String> files = changedValues(old.get(), next.get(), "files are replaced in place");
      reasons.addAll(files.isEmpty() ? List.of("the pod stays as it is") : files);
      return Decision.update(reasons);
    }
    List<String> reasons = new ArrayList<>();
    for (Change change : PodDiff.between(old.get().pod(), next.get().pod())) {
      reasons.add(change.toString());
    }
    reasons.addAll(changedValues(old.get(), next.get(), "changed"));
    return new Decision(
        Decision.Kind.UPDATE, reasons.isEmpty() ? decision.reasons() : reasons, true);
  }

  private static List<String> changedValues(RenderedPod old, RenderedPod next, String words) {
    List<String> changed = new ArrayList<>();
    if (!old.configMaps().equals(next.configMaps())) {
      changed.add("config_maps: " + words);
    }
    if (!old.secrets().equals(next.secrets())) {
      changed.add("secrets: " + words);
    }
    return changed;
  }

  private Optional<RenderedPod> tryRender(DecisionContext context, ObjectNode properties) {
    try {
      return Optional.of(render(context, properties));
    } catch (ResourceFailure e) {
      return Optional.empty();
    }
  }

  private RenderedPod render(DecisionContext context, ObjectNode properties) {
    String id = properties.path(CONFIG).asString("");
    PodConfig config =
        context
            .predicted(id)
            .map(foreseen -> PodConfigProperties.config(id, context.project(), foreseen))
            .or(() -> configs.find(context.project(), id))
            .orElseThrow(
                () ->
                    new ResourceFailure(
                        "there is no pod configuration \"%s\"; config takes the id of one, as in {get_resource: NAME}"
                            .formatted(id)));
    return RenderedPod.of(
        config, properties.path(INPUT_VALUES), properties.path(POD_NAME).asString(""));
  }

  @Override
  public JsonNode content(DecisionContext context, ObjectNode properties) {
    return render(context, properties).content();
  }

  @Override
  public Physical create(ResourceContext context) {
    return deploy(context);
  }

  @Override
  public Physical update(ResourceContext context, ResourceRecord existing) {
    return deploy(context);
  }

  private Physical deploy(ResourceContext context) {
    ModificationToken token = context.resource().token().orElseThrow();
    RenderedPod rendered =
        render(DecisionContext.real(context.stack().project()), context.properties());
    PodWait wait = new PodWait(placement, context);
    String instanceId = wait.instanceId();
    DesiredPod desired =
        new DesiredPod(
            context.resource().id(),
            token,
            true,
            rendered.annotated(token),
            rendered.configMaps(),
            rendered.secrets(),
            UpdateStrategy.valueOf(
                context
                    .properties()
                    .path(UPDATE_STRATEGY)
                    .asString(UpdateStrategy.RECREATE.name())),
            podsBefore(context, instanceId));
    long version = placement.put(instanceId, context.stack(), context.resource().name(), desired);
    wait.until(version, desired);
    return Physical.of(context.resource().id());
  }

  /** The pods on the same instance that this one depends on. */
  private List<String> podsBefore(ResourceContext context, String instanceId) {
    Set<String> before = new LinkedHashSet<>();
    for (ResourceRecord required : context.requirements()) {
      if (DEPLOYING.contains(required.implementation())
          && placement.instanceOf(required.id()).filter(instanceId::equals).isPresent()) {
        before.add(required.id());
      }
    }
    return List.copyOf(before);
  }

  @Override
  public void delete(ResourceContext context) {
    Optional<String> instanceId = placement.instanceOf(context.resource().id());
    PodWait wait = new PodWait(placement, context);
    Optional<String> place = instanceId.or(wait::knownInstanceId);
    place.ifPresent(
        id -> wait.untilGone(id, placement.remove(id, context.stack(), context.resource().id())));
  }

  @Override
  public void suspend(ResourceContext context) {
    PodWait wait = new PodWait(placement, context);
    DesiredPod stopped = running(context, false);
    String instanceId = placement.instanceOf(stopped.id()).orElseThrow();
    long version = placement.put(instanceId, context.stack(), context.resource().name(), stopped);
    wait.untilGone(instanceId, version);
  }

  @Override
  public void resume(ResourceContext context) {
    PodWait wait = new PodWait(placement, context);
    DesiredPod running = running(context, true);
    String instanceId = placement.instanceOf(running.id()).orElseThrow();
    long version = placement.put(instanceId, context.stack(), context.resource().name(), running);
    wait.until(version, running);
  }

  private DesiredPod running(ResourceContext context, boolean run) {
    return placement
        .desired(context.resource().id())
        .orElseThrow(() -> new ResourceFailure("the deployment's pod is not desired anywhere"))
        .running(run);
  }

  /** A pod that is what it should be keeps running under the token that it was made with. */
  @Override
  public Optional<ModificationToken> adoptedToken(
      DecisionContext context, ResourceRecord resource, ObjectNode properties) {
    return placement
        .desired(resource.id())
        .filter(
            present -> {
              RenderedPod wanted = render(context, properties);
              return wanted.annotated(present.token()).equals(present.pod())
                  && wanted.configMaps().equals(present.configMaps())
                  && wanted.secrets().equals(present.secrets());
            })
        .map(DesiredPod::token);
  }

  @Override
  public Physical adopt(ResourceContext context) {
    if (context.resource().isExternal()) {
      throw new ResourceFailure(
          "a pod is of one stack only; abandon that stack and adopt it instead of naming the pod by"
              + " external_id");
    }
    String pod = context.resource().id();
    String instanceId = new PodWait(placement, context).instanceId();
    if (placement.instanceOf(pod).filter(instanceId::equals).isEmpty()) {
      throw new ResourceFailure(
          "there is no pod %s on instance %s to adopt"
              .formatted(pod, context.properties().path(SERVER).asString("")));
    }
    placement.handOver(pod, context.stack(), context.resource().name());
    return deploy(context);
  }

  @Override
  public ObjectNode snapshot(ResourceContext context) {
    ObjectNode snapshot = JSON.objectNode();
    configs
        .find(context.stack().project(), context.properties().path(CONFIG).asString(""))
        .ifPresent(config -> snapshot.set(CONFIG, PodJson.toTree(config)));
    return snapshot;
  }

  /** A configuration that somebody has deleted since comes back under its id. */
  @Override
  public void restore(DecisionContext context, ObjectNode properties, ObjectNode snapshot) {
    if (snapshot.path(CONFIG).isObject()) {
      PodConfig kept = PodJson.read(snapshot.path(CONFIG), PodConfig.class);
      if (kept.id().equals(properties.path(CONFIG).asString(""))) {
        configs.store(kept);
      }
    }
  }

  @Override
  public Optional<List<String>> check(ResourceContext context) {
    return Optional.of(
        placement
            .desired(context.resource().id())
            .map(desired -> new PodWait(placement, context).wrongWith(desired))
            .orElse(List.of("the deployment's pod is not desired anywhere")));
  }

  @Override
  public List<String> observe(ResourceContext context) {
    return placement
        .desired(context.resource().id())
        .map(desired -> new PodWait(placement, context).lostOf(desired))
        .orElse(List.of("the deployment's pod is not desired anywhere"));
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    return PodAttributes.of(resource, name, () -> placement.observed(resource.id()));
  }

  @Override
  public Optional<JsonNode> shownAttribute(
      ResourceRecord resource, String name, List<JsonNode> path, Supplier<Redaction> hidden) {
    return attribute(resource, name)
        .map(value -> PodAttributes.shown(name, value, hidden))
        .map(value -> ResourceView.inside(value, path));
  }
}
