package io.hotpod.engine.resource;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.signal.StoredSignal;
import io.hotpod.engine.stack.Action;
import io.hotpod.pod.ModificationToken;
import io.hotpod.template.ResourceFacade;
import io.hotpod.template.ResourceView;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contract of a resource type. Every method is blocking and idempotent: the runner may call it
 * again with the same token after a crash. Implementations are thread-safe and keep no state of
 * their own.
 *
 * <p>{@link #decide} touches nothing; preview, drift detection and apply all go through it.
 */
public interface ResourceType {
  ResourceSchema schema();

  /**
   * What implements the type, whatever name a template has for it; a change of it replaces a
   * resource.
   */
  default String implementation() {
    return schema().type();
  }

  /**
   * Checks what the schema cannot express.
   *
   * @param properties read by the schema, without those not known yet
   * @param unknown names of the properties not known yet
   * @param path of the resource
   * @param locate place of a path inside the properties
   */
  default List<Problem> validate(
      ObjectNode properties,
      Set<String> unknown,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    return List.of();
  }

  /**
   * Checks what depends on the template around it.
   *
   * @param resources names of all resources of the template
   * @param properties sound by themselves, without those not known yet
   * @param path of the resource
   * @param locate place of a path inside the properties
   */
  default List<Problem> validateAmong(
      Set<String> resources,
      ObjectNode properties,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    return List.of();
  }

  /**
   * What has to be done to get from one set of properties to another.
   *
   * @param after without the unknown ones
   * @param unknown names of properties whose values are not known yet; only in plans
   * @throws ResourceFailure when an immutable property changed
   */
  default Decision decide(
      DecisionContext context, ObjectNode before, ObjectNode after, Set<String> unknown) {
    List<String> updates = new ArrayList<>();
    List<String> replacements = new ArrayList<>();
    for (PropertyDefinition definition : schema().properties().values()) {
      String name = definition.name();
      if (unknown.contains(name)) {
        (definition.updateAllowed() ? updates : replacements).add(name + " may change");
      } else if (!before.path(name).equals(after.path(name))) {
        if (definition.immutable()) {
          throw new ResourceFailure(
              "Update to properties %s of a %s is not supported".formatted(name, schema().type()));
        }
        (definition.updateAllowed() ? updates : replacements).add(name + " changed");
      }
    }
    if (!replacements.isEmpty()) {
      replacements.addAll(updates);
      return Decision.replace(replacements);
    }
    return updates.isEmpty() ? Decision.NONE : Decision.update(updates);
  }

  /**
   * The same, for a type whose resources are more than their properties say.
   *
   * @param existing the resource as it is
   * @param facade what else the template says of the resource
   */
  default Decision decide(
      DecisionContext context,
      ResourceRecord existing,
      ObjectNode after,
      Set<String> unknown,
      ResourceFacade facade) {
    return decide(context, existing.properties(), after, unknown);
  }

  /**
   * The stack that a resource of this type is made of.
   *
   * @param properties read by the schema, without those not known yet
   * @param unknown names of the properties not known yet
   * @param facade what else the template says of the resource
   * @return empty for a resource that is no stack
   */
  default Optional<InnerStack> inner(
      ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    return Optional.empty();
  }

  /**
   * The same for a resource that exists, whose stack may depend on what is there.
   *
   * @param existing the resource as it is
   */
  default Optional<InnerStack> inner(
      ResourceRecord existing, ObjectNode properties, Set<String> unknown, ResourceFacade facade) {
    return inner(properties, unknown, facade);
  }

  /**
   * What {@code update_policy} may hold.
   *
   * @return empty for a type that has no such policy
   */
  default Optional<ResourceSchema> updatePolicy() {
    return Optional.empty();
  }

  /**
   * What of the properties makes the modification; the token is a digest of it.
   *
   * @throws ResourceFailure when it cannot be worked out
   */
  default JsonNode content(DecisionContext context, ObjectNode properties) {
    return properties;
  }

  /** The reference id that a resource will get, where that can be told beforehand. */
  default Optional<String> predictReferenceId(ModificationToken token) {
    return Optional.empty();
  }

  /** What an attribute will be, where the properties alone decide it. */
  default Optional<JsonNode> predictAttribute(ObjectNode properties, String name) {
    return Optional.empty();
  }

  /** Whether creating or deleting a resource of this type starts or stops a pod. */
  default boolean runsPod() {
    return false;
  }

  /**
   * Where the pod of a resource is going to run, as far as that can be told beforehand.
   *
   * @param properties without the unknown ones
   * @return empty for a resource that runs no pod, and while its instance is not known
   * @throws ResourceFailure when there is no such instance
   */
  default Optional<PlannedPod> plannedPod(
      DecisionContext context, ObjectNode properties, Set<String> unknown) {
    return Optional.empty();
  }

  /**
   * Whether its steps reach anything but this program's database. Such a step is durable before it
   * begins; one that stays inside is repeated after a crash, and nobody is the wiser.
   */
  default boolean reachesOutside() {
    return true;
  }

  /**
   * The physical id, where it is ours to choose; it is stored before anything outside is touched,
   * so a resource that failed half-way can be looked at by it.
   */
  default Optional<String> chosenPhysicalId(String resourceId) {
    return Optional.empty();
  }

  /** Whether a resource that failed is replaced by the next update, as in Heat. */
  default boolean replaceWhenFailed() {
    return true;
  }

  /**
   * Whether an update of the same resource as a new incarnation makes all of it anew, so that one
   * that is marked unhealthy needs no other beside it.
   */
  default boolean renewedByUpdate() {
    return false;
  }

  /** Brings the resource into being, or finds that it is. */
  Physical create(ResourceContext context);

  /** Brings an existing resource in line with the context's properties. */
  default Physical update(ResourceContext context, ResourceRecord existing) {
    throw new ResourceFailure("a " + schema().type() + " cannot be updated in place");
  }

  /** Makes the resource go, and waits until it is gone. One that is not there is gone. */
  default void delete(ResourceContext context) {}

  /**
   * Takes a thing in that is there already, under the physical id of the context's resource.
   *
   * @throws ResourceFailure when it is not there, or not as it should be
   */
  default Physical adopt(ResourceContext context) {
    List<String> wrong = check(context).orElse(List.of());
    if (!wrong.isEmpty()) {
      throw new ResourceFailure(String.join("; ", wrong));
    }
    ResourceRecord resource = context.resource();
    return new Physical(resource.physicalId().orElseThrow(), resource.data());
  }

  /**
   * The token that a thing carries which is taken in, where it has one and is what it should be.
   *
   * @param resource whose physical id names it
   */
  default Optional<ModificationToken> adoptedToken(
      DecisionContext context, ResourceRecord resource, ObjectNode properties) {
    return Optional.empty();
  }

  /**
   * What has to be kept of a resource, besides the template and its parameters, to bring it back.
   *
   * @return empty for nothing
   */
  default ObjectNode snapshot(ResourceContext context) {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * Makes a resource ready to be brought back to a snapshot, before it is decided what to do.
   *
   * @param properties that it will have
   * @param snapshot as {@link #snapshot} gave it
   */
  default void restore(DecisionContext context, ObjectNode properties, ObjectNode snapshot) {}

  /** Stops what can be stopped, keeping the configuration. */
  default void suspend(ResourceContext context) {}

  /** Undoes a suspend. */
  default void resume(ResourceContext context) {}

  /**
   * Compares what is with what should be.
   *
   * @return empty when the type cannot be checked; otherwise what is wrong, an empty list for
   *     nothing
   */
  default Optional<List<String>> check(ResourceContext context) {
    return Optional.empty();
  }

  /**
   * What is found wrong before an update that looks at what is there; the resource is then made
   * anew. What cannot be looked at now, or is on its way, is not wrong.
   *
   * @return empty for nothing, and for a type that cannot be looked at
   */
  default List<String> observe(ResourceContext context) {
    return check(context).orElse(List.of());
  }

  /** Whether somebody outside may signal a resource of this type. */
  default boolean takesSignals() {
    return false;
  }

  /** Whether a signal is taken while that is, or was last, done to the resource. */
  default boolean takesSignalsDuring(Action action) {
    return action != Action.SUSPEND && action != Action.DELETE;
  }

  /**
   * Takes a signal. Whatever it means is durable when this returns, because the sender is told then
   * that it was taken; whoever waits is woken by the caller, through {@code
   * Topics.signals(resourceId)}. The same signal may come again.
   *
   * @param details what was sent; empty when nothing was
   * @return what its event says after {@code Signal: }; empty for a signal that there is nothing to
   *     tell of, such as one that changed nothing
   * @throws io.hotpod.engine.EngineException when the signal makes no sense
   */
  default Optional<String> signal(SignalContext context, ObjectNode details) {
    throw new UnsupportedOperationException("a " + schema().type() + " takes no signals");
  }

  /**
   * Whether every update puts another in its place, changed or not.
   *
   * <p>Within one update it happens once, also after a crash.
   */
  default boolean replacedByEveryUpdate() {
    return false;
  }

  /**
   * The metadata that goes along when a stack is handed over. What every stack has for itself, such
   * as addresses and passwords for machines, is not in it.
   *
   * @param template what the template says of it
   * @param signals that the resource was sent
   */
  default ObjectNode handedOver(ObjectNode template, List<StoredSignal> signals) {
    return template;
  }

  /**
   * The signals in metadata that came along with an adopted stack.
   *
   * @param metadata as {@link #handedOver} gives it
   */
  default List<StoredSignal> takenOver(ObjectNode metadata) {
    return List.of();
  }

  /**
   * What those who ask for the metadata of a resource get.
   *
   * @param template what the template says of it
   */
  default ObjectNode metadata(ResourceRecord resource, ObjectNode template) {
    return template;
  }

  /** What {@code get_resource} gives. */
  default String referenceId(ResourceRecord resource) {
    return resource.physicalId().orElse(resource.name());
  }

  /** The names of the attributes that a resource has. */
  default Set<String> attributeNames(ResourceRecord resource) {
    return schema().attributes().keySet();
  }

  /**
   * What {@code get_attr} gives.
   *
   * @return empty while it is not known
   */
  default Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    return Optional.empty();
  }

  /**
   * What a path leads to inside an attribute; null where it leads nowhere.
   *
   * @param path keys and indices; may be empty
   * @return empty while the attribute is not known
   */
  default Optional<JsonNode> attribute(ResourceRecord resource, String name, List<JsonNode> path) {
    return attribute(resource, name).map(value -> ResourceView.inside(value, path));
  }

  /**
   * What people see of an attribute. That is the same, but for what a machine or a runtime said: it
   * may repeat what the stack hides, and nobody decided to show that. What a template passes on is
   * not taken out, as in Heat.
   *
   * @param path keys and indices inside it; may be empty
   * @param hidden takes out what is hidden; asked only where it is needed
   * @return empty while the attribute is not known
   */
  default Optional<JsonNode> shownAttribute(
      ResourceRecord resource, String name, List<JsonNode> path, Supplier<Redaction> hidden) {
    return attribute(resource, name, path);
  }
}
