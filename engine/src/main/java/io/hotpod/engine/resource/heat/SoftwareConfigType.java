package io.hotpod.engine.resource.heat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.config.ConfigSchemas;
import io.hotpod.engine.config.SoftwareConfig;
import io.hotpod.engine.config.SoftwareConfigs;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.pod.ModificationToken;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The types that store a software config: {@code OS::Heat::SoftwareConfig}, {@code
 * StructuredConfig}, {@code SoftwareComponent}, {@code CloudConfig}, {@code MultipartMime}. A
 * change makes a new one.
 */
public final class SoftwareConfigType implements ResourceType {
  private final ConfigKind kind;
  private final SoftwareConfigs configs;

  private SoftwareConfigType(ConfigKind kind, SoftwareConfigs configs) {
    this.kind = kind;
    this.configs = configs;
  }

  /** One type for each way to write a config. */
  public static List<ResourceType> all(SoftwareConfigs configs) {
    return Stream.concat(ConfigKinds.simple(), Stream.of(new MultipartMime(configs)))
        .<ResourceType>map(kind -> new SoftwareConfigType(kind, configs))
        .toList();
  }

  @Override
  public ResourceSchema schema() {
    return kind.schema();
  }

  @Override
  public boolean reachesOutside() {
    return false;
  }

  @Override
  public Optional<String> predictReferenceId(ModificationToken token) {
    return Optional.of(id(token));
  }

  /** The same content at the same place is the same config, also after a crash. */
  private static String id(ModificationToken token) {
    return UUID.nameUUIDFromBytes(("config " + token.value()).getBytes(UTF_8)).toString();
  }

  @Override
  public Physical create(ResourceContext context) {
    String id = id(context.resource().token().orElseThrow());
    ObjectNode properties = context.properties();
    configs.store(
        new SoftwareConfig(
            id,
            context.stack().project(),
            context.resource().name(),
            kind.group(properties),
            kind.config(context.stack().project(), properties),
            schemas(ConfigSchemas::inputs, properties, ConfigProperties.INPUTS),
            schemas(ConfigSchemas::outputs, properties, ConfigProperties.OUTPUTS),
            properties.path(ConfigProperties.OPTIONS) instanceof ObjectNode options
                ? options
                : JsonNodeFactory.instance.objectNode(),
            Optional.empty(),
            context.clock().instant()));
    return Physical.of(id);
  }

  private static ArrayNode schemas(
      UnaryOperator<ArrayNode> read, ObjectNode properties, String name) {
    try {
      return properties.path(name) instanceof ArrayNode list
          ? read.apply(list)
          : JsonNodeFactory.instance.arrayNode();
    } catch (EngineException e) {
      throw new ResourceFailure(e.code().heatType(), "", "" + e.getMessage());
    }
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
    return Optional.of(there ? List.of() : List.of("the stored config is gone"));
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    return name.equals(kind.attribute())
        ? resource.physicalId().flatMap(configs::find).map(config -> kind.shown(config.config()))
        : Optional.empty();
  }
}
