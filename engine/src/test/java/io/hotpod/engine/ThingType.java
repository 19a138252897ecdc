package io.hotpod.engine;

import io.hotpod.engine.resource.DecisionContext;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.pod.ModificationToken;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A thing of the outside world, as one process reaches it. */
final class ThingType implements ResourceType {
  static final String CHOSEN = "Test::Outside::Thing";
  static final String FOUND = "Test::Outside::FoundThing";

  /** What a call says that the world refuses. */
  static final String REFUSED = "the outside refuses";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Duration AGAIN = Duration.ofMillis(5);

  private final ResourceSchema schema;
  private final boolean chosen;
  private final Supplier<OutsideWorld> world;
  private final DyingCommits process;

  /** Both kinds, made by one process in one world. */
  static List<ResourceType> both(Supplier<OutsideWorld> world, DyingCommits process) {
    return List.of(new ThingType(true, world, process), new ThingType(false, world, process));
  }

  /**
   * @param chosen whether the engine chooses the id; otherwise the world does, and what a process
   *     made before it died is found by its token
   * @param process that must be alive to do anything
   */
  ThingType(boolean chosen, Supplier<OutsideWorld> world, DyingCommits process) {
    this.chosen = chosen;
    this.world = world;
    this.process = process;
    this.schema =
        ResourceSchema.of(
            chosen ? CHOSEN : FOUND,
            "A thing.",
            List.of(
                PropertyDefinition.of("value", PropertyType.STRING, "What it says.").updatable(),
                PropertyDefinition.of("place", PropertyType.STRING, "Where it is."),
                PropertyDefinition.of("needs", PropertyType.LIST, "Ids of other things.")
                    .updatable(),
                PropertyDefinition.of("fail", PropertyType.STRING, "before or after it is made.")
                    .updatable(),
                PropertyDefinition.of("slow", PropertyType.BOOLEAN, "Waits to be released.")
                    .updatable()),
            List.of(AttributeDefinition.of("value", PropertyType.STRING, "What it says.")));
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<String> chosenPhysicalId(String resourceId) {
    return chosen ? Optional.of(resourceId) : Optional.empty();
  }

  @Override
  public boolean replaceWhenFailed() {
    return !chosen;
  }

  /** What the thing is made of; how a step goes is no part of it. */
  @Override
  public JsonNode content(DecisionContext context, ObjectNode properties) {
    ObjectNode content = properties.deepCopy();
    content.remove(List.of("fail", "slow"));
    return content;
  }

  @Override
  public Optional<ModificationToken> adoptedToken(
      DecisionContext context, ResourceRecord resource, ObjectNode properties) {
    return thing(resource)
        .filter(thing -> thing.value().equals(properties.path("value").asString("")))
        .map(thing -> new ModificationToken(thing.token()));
  }

  private OutsideWorld reach(ResourceContext context, String action) {
    requireAlive();
    ResourceRecord resource = context.resource();
    world
        .get()
        .called(
            new OutsideWorld.Call(resource.operationId(), resource.id(), action, token(resource)));
    requireWilling();
    return world.get();
  }

  private void requireWilling() {
    if (world.get().refuses()) {
      throw new ResourceFailure(REFUSED);
    }
  }

  private void requireAlive() {
    if (process.isDead()) {
      throw new ResourceFailure("a dead process reaches nothing");
    }
  }

  private static String token(ResourceRecord resource) {
    return resource.token().orElseThrow().value();
  }

  @Override
  public Physical create(ResourceContext context) {
    return bring(context, reach(context, "CREATE"));
  }

  @Override
  public Physical update(ResourceContext context, ResourceRecord existing) {
    return bring(context, reach(context, "UPDATE"));
  }

  private Physical bring(ResourceContext context, OutsideWorld outside) {
    failIf(context, "before");
    ResourceRecord resource = context.resource();
    String token = token(resource);
    String id =
        resource
            .physicalId()
            .or(() -> outside.byToken(token).map(OutsideWorld.Thing::id))
            .orElseGet(outside::newId);
    Set<String> needs = new LinkedHashSet<>();
    context.properties().path("needs").forEach(each -> needs.add(each.asString()));
    String value = context.properties().path("value").asString("");
    outside.put(
        new OutsideWorld.Thing(id, resource.name(), token, value, Set.copyOf(needs), false));
    failIf(context, "after");
    if (context.properties().path("slow").asBoolean(false)) {
      OutsideWorld.Waiting step =
          new OutsideWorld.Waiting(resource.stackId(), resource.name(), token);
      try {
        // The world wakes nobody, so it is asked again and again; the operation can end the wait.
        while (!outside.isReleased(step)) {
          context.await(List.of(), AGAIN, Optional::empty);
        }
      } finally {
        outside.left(step);
      }
    }
    return Physical.of(id);
  }

  private static void failIf(ResourceContext context, String when) {
    if (context.properties().path("fail").asString("").equals(when)) {
      throw new ResourceFailure("as it was told");
    }
  }

  private Optional<OutsideWorld.Thing> thing(ResourceContext context) {
    return thing(context.resource());
  }

  private Optional<OutsideWorld.Thing> thing(ResourceRecord resource) {
    OutsideWorld outside = world.get();
    return resource
        .physicalId()
        .map(outside::find)
        .orElseGet(() -> resource.token().flatMap(token -> outside.byToken(token.value())));
  }

  @Override
  public void delete(ResourceContext context) {
    OutsideWorld outside = reach(context, "DELETE");
    thing(context).ifPresent(each -> outside.remove(each.id()));
  }

  @Override
  public void suspend(ResourceContext context) {
    reach(context, "SUSPEND");
    suspended(context, true);
  }

  @Override
  public void resume(ResourceContext context) {
    if (reach(context, "RESUME").stumbles()) {
      throw new ResourceFailure("it does not wake");
    }
    suspended(context, false);
  }

  private void suspended(ResourceContext context, boolean suspended) {
    OutsideWorld.Thing present =
        thing(context).orElseThrow(() -> new ResourceFailure("the thing is lost"));
    world
        .get()
        .put(
            new OutsideWorld.Thing(
                present.id(),
                present.owner(),
                present.token(),
                present.value(),
                present.needs(),
                suspended));
  }

  @Override
  public Optional<List<String>> check(ResourceContext context) {
    // Who looks does nothing, however often.
    requireAlive();
    requireWilling();
    Optional<OutsideWorld.Thing> present = thing(context);
    String wanted = token(context.resource());
    return Optional.of(
        present.isEmpty()
            ? List.of("it is lost")
            : present.get().token().equals(wanted) ? List.of() : List.of("it is another"));
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    return predictAttribute(resource.properties(), name);
  }

  @Override
  public Optional<JsonNode> predictAttribute(ObjectNode properties, String name) {
    return name.equals("value")
        ? Optional.of(JSON.stringNode(properties.path("value").asString("")))
        : Optional.empty();
  }
}
