package io.hotpod.engine.resource.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Location;
import io.hotpod.document.Node;
import io.hotpod.document.Problem;
import io.hotpod.engine.config.PodConfig;
import io.hotpod.engine.config.PodConfigs;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.manifest.ManifestContext;
import io.hotpod.pod.manifest.ManifestInputs;
import io.hotpod.pod.manifest.PodManifest;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code OS::Kubernetes::PodConfig}: a container manifest with what it needs. Immutable like Heat's
 * SoftwareConfig: a change makes a new one.
 */
public final class PodConfigType implements ResourceType {
  static final String NAME = "OS::Kubernetes::PodConfig";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          NAME,
          "A pod: the container manifest, and the config maps and secrets that it names.",
          List.of(
              PropertyDefinition.of(
                      PodConfigProperties.MANIFEST,
                      PropertyType.ANY,
                      "v1 Pod, v1beta3 Pod, or the flat v1beta1/v1beta2 manifest; a map, or YAML or"
                          + " JSON text. {get_input: NAME} in it stands for an input.")
                  .mandatory(),
              PropertyDefinition.of(
                      PodConfigProperties.INPUTS,
                      PropertyType.LIST,
                      "Inputs that a deployment gives.")
                  .ofEach(
                      PropertyDefinition.each(
                          PropertyType.MAP, "An input: {name, type, default, description}.")),
              PropertyDefinition.of(
                      PodConfigProperties.CONFIG_MAPS,
                      PropertyType.MAP,
                      "What the manifest names as ConfigMap, by name.")
                  .ofEach(PropertyDefinition.each(PropertyType.MAP, "Values by key.")),
              PropertyDefinition.of(
                      PodConfigProperties.SECRETS,
                      PropertyType.MAP,
                      "What the manifest names as Secret, by name.")
                  .secret()
                  .ofEach(PropertyDefinition.each(PropertyType.MAP, "Values in clear by key."))),
          attributes());

  private final PodConfigs configs;

  public PodConfigType(PodConfigs configs) {
    this.configs = configs;
  }

  private static List<AttributeDefinition> attributes() {
    return List.of(
        AttributeDefinition.of(
            "manifest", PropertyType.MAP, "The manifest, normalised to a v1 Pod."),
        AttributeDefinition.of(
            "digest", PropertyType.STRING, "SHA-256 of the normalised manifest."),
        AttributeDefinition.of(
            "images",
            PropertyType.LIST,
            "The images that the pod needs; an input in the place of one stays."),
        AttributeDefinition.of("containers", PropertyType.LIST, "The names of its containers."));
  }

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<Problem> validate(
      ObjectNode properties,
      Set<String> unknown,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    List<Problem> problems = new ArrayList<>();
    requireTexts(properties, PodConfigProperties.CONFIG_MAPS, path, locate, problems);
    requireTexts(properties, PodConfigProperties.SECRETS, path, locate, problems);
    if (!problems.isEmpty() || !properties.has(PodConfigProperties.MANIFEST)) {
      return problems;
    }
    if (!unknown.isEmpty()) {
      // What the manifest may refer to is not known; it is checked when it is.
      return problems;
    }
    PodConfig config = PodConfigProperties.config("", "", properties);
    String place = path + ".properties." + PodConfigProperties.MANIFEST;
    try {
      ManifestInputs inputs = PodConfigProperties.inputs(config);
      Node manifest = PodConfigProperties.manifest(config.manifest(), place);
      for (Problem problem :
          PodManifest.problems(manifest, inputs, PodConfigProperties.context(config))) {
        problems.add(inTemplate(problem, place, locate));
      }
    } catch (DocumentException e) {
      e.problems().forEach(problem -> problems.add(inTemplate(problem, place, locate)));
    }
    return problems;
  }

  /** A map inside the template has its places in the template; a text has its own. */
  private static Problem inTemplate(
      Problem problem, String place, Function<List<String>, Optional<Location>> locate) {
    String path = problem.path().isEmpty() ? place : place + "." + problem.path();
    if (problem.location().isPresent()) {
      return problem.movedTo(problem.location(), path);
    }
    List<String> steps = new ArrayList<>(List.of(PodConfigProperties.MANIFEST));
    for (String step : problem.path().split("[.\\[\\]]+", -1)) {
      if (!step.isEmpty()) {
        steps.add(step);
      }
    }
    return problem.movedTo(locate.apply(steps), path);
  }

  private static void requireTexts(
      ObjectNode properties,
      String property,
      String path,
      Function<List<String>, Optional<Location>> locate,
      List<Problem> problems) {
    properties
        .path(property)
        .propertyStream()
        .forEach(
            object -> {
              boolean texts =
                  object.getValue().isObject()
                      && object
                          .getValue()
                          .propertyStream()
                          .noneMatch(entry -> entry.getValue().isContainer());
              if (!texts) {
                problems.add(
                    new Problem(
                        locate.apply(List.of(property, object.getKey())),
                        "%s.properties.%s.%s".formatted(path, property, object.getKey()),
                        "must be a map of keys to texts",
                        Optional.empty()));
              }
            });
  }

  @Override
  public Optional<String> predictReferenceId(ModificationToken token) {
    return Optional.of(id(token));
  }

  /** The same content at the same place is the same configuration, also after a crash. */
  private static String id(ModificationToken token) {
    return UUID.nameUUIDFromBytes(token.value().getBytes(UTF_8)).toString();
  }

  @Override
  public boolean reachesOutside() {
    return false;
  }

  @Override
  public Physical create(ResourceContext context) {
    String id = id(context.resource().token().orElseThrow());
    configs.store(PodConfigProperties.config(id, context.stack().project(), context.properties()));
    return Physical.of(id);
  }

  @Override
  public Physical update(ResourceContext context, ResourceRecord existing) {
    return create(context);
  }

  @Override
  public void delete(ResourceContext context) {
    context.resource().physicalId().ifPresent(id -> configs.delete(context.stack().project(), id));
  }

  @Override
  public Optional<List<String>> check(ResourceContext context) {
    boolean there =
        context
            .resource()
            .physicalId()
            .flatMap(id -> configs.find(context.stack().project(), id))
            .isPresent();
    return Optional.of(there ? List.of() : List.of("the stored configuration is gone"));
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    return predictAttribute(resource.properties(), name);
  }

  @Override
  public Optional<JsonNode> predictAttribute(ObjectNode properties, String name) {
    PodConfig config = PodConfigProperties.config("", "", properties);
    Node manifest = PodConfigProperties.manifest(config.manifest(), PodConfigProperties.MANIFEST);
    if (!ManifestInputs.used(manifest).isEmpty()) {
      // Only a deployment knows the inputs; until then the manifest is what was written.
      return asWritten(manifest.toJson(), name);
    }
    ManifestContext context = PodConfigProperties.context(config);
    PodManifest read = PodManifest.read(manifest, context);
    return switch (name) {
      case "manifest" -> Optional.of(PodJson.toTree(read.pod()));
      case "digest" -> Optional.of(JSON.stringNode(read.digest()));
      case "images" -> Optional.of(texts(read.images()));
      case "containers" -> Optional.of(texts(read.containers()));
      default -> Optional.empty();
    };
  }

  /** As the environment for a stock Heat has it, which knows no more of the manifest. */
  private static Optional<JsonNode> asWritten(JsonNode manifest, String name) {
    JsonNode specification = manifest.has("spec") ? manifest.path("spec") : manifest;
    return switch (name) {
      case "manifest" -> Optional.of(manifest);
      case "images" ->
          Optional.of(
              distinct(
                  Stream.of("initContainers", "containers")
                      .flatMap(kind -> specification.path(kind).valueStream())
                      .map(container -> container.path("image"))));
      case "containers" ->
          Optional.of(
              distinct(
                  specification
                      .path("containers")
                      .valueStream()
                      .map(container -> container.path("name"))));
      default -> Optional.empty();
    };
  }

  private static ArrayNode distinct(Stream<JsonNode> values) {
    ArrayNode array = JSON.arrayNode();
    values.filter(value -> !value.isMissingNode()).distinct().forEach(array::add);
    return array;
  }

  private static ArrayNode texts(List<String> values) {
    ArrayNode array = JSON.arrayNode();
    values.forEach(array::add);
    return array;
  }
}
