package io.hotpod.pod;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes JSON of objects of the Kubernetes model, looking at nothing but the fields that are set;
 * the counterpart of {@link ModelReader}. Thread-safe.
 */
final class ModelWriter {
  private ModelWriter() {}

  /** The JSON; empty when the object has anything that only Jackson itself knows how to write. */
  static Optional<JsonNode> write(KubernetesResource object) {
    try {
      return Optional.of(object(object));
    } catch (UnwritableException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode object(Object object) throws UnwritableException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ModelProperties properties = ModelProperties.of(object.getClass());
    Optional<Field> unknown = properties.unknown();
    if (properties.byName().isEmpty() || unknown.isEmpty() || holds(unknown.get(), object)) {
      throw new UnwritableException();
    }
    for (Map.Entry<String, ModelProperties.Property> entry : properties.byName().entrySet()) {
      Object value = get(entry.getValue().field(), object);
      if (value != null && !(entry.getValue().omitEmpty() && isEmpty(value))) {
        node.set(entry.getKey(), value(value));
      }
    }
    return node;
  }

  private static JsonNode value(@Nullable Object value) throws UnwritableException {
    return switch (value) {
      case null -> throw new UnwritableException();
      case String text -> StringNode.valueOf(text);
      case Integer number -> IntNode.valueOf(number);
      case Long number -> LongNode.valueOf(number);
      case Boolean flag -> BooleanNode.valueOf(flag);
      case Quantity quantity -> StringNode.valueOf(quantity.toString());
      case IntOrString number when number.getIntVal() != null ->
          IntNode.valueOf(number.getIntVal());
      case IntOrString text when text.getStrVal() != null -> StringNode.valueOf(text.getStrVal());
      case List<?> list -> list(list);
      case Map<?, ?> map -> map(map);
      case KubernetesResource object -> object(object);
      default -> throw new UnwritableException();
    };
  }

  private static ArrayNode list(List<?> list) throws UnwritableException {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Object item : list) {
      array.add(value(item));
    }
    return array;
  }

  private static ObjectNode map(Map<?, ?> map) throws UnwritableException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new UnwritableException();
      }
      object.set(key, value(entry.getValue()));
    }
    return object;
  }

  private static boolean isEmpty(Object value) {
    return switch (value) {
      case List<?> list -> list.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      case String text -> text.isEmpty();
      default -> false;
    };
  }

  private static boolean holds(Field map, Object object) throws UnwritableException {
    Object value = get(map, object);
    return value != null && !isEmpty(value);
  }

  private static @Nullable Object get(Field field, Object object) throws UnwritableException {
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new UnwritableException();
    }
  }

  /** Says that this writer is not the right one; never leaves the class. */
  private static final class UnwritableException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
