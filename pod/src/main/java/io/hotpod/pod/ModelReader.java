package io.hotpod.pod;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Fills objects of the Kubernetes model from JSON, looking only at classes whose fields the JSON
 * has. Jackson's own reader of a Pod first prepares every class that a Pod could hold, which costs
 * an agent more memory and time than everything else that it does. Thread-safe.
 */
final class ModelReader {
  private ModelReader() {}

  /** The object; empty when the JSON has anything that only Jackson itself knows how to read. */
  static <T> Optional<T> read(JsonNode json, Class<T> model) {
    try {
      return Optional.of(object(json, model));
    } catch (UnreadableException e) {
      return Optional.empty();
    }
  }

  private static <T> T object(JsonNode json, Class<T> model) throws UnreadableException {
    if (!json.isObject()) {
      throw new UnreadableException();
    }
    try {
      T object = model.getDeclaredConstructor().newInstance();
      for (Map.Entry<String, JsonNode> entry : json.properties()) {
        ModelProperties.Property property = ModelProperties.of(model).byName().get(entry.getKey());
        if (property == null) {
          throw new UnreadableException();
        }
        if (!entry.getValue().isNull()) {
          property.field().set(object, value(entry.getValue(), property.field().getGenericType()));
        }
      }
      return object;
    } catch (ReflectiveOperationException e) {
      throw new UnreadableException();
    }
  }

  private static Object value(JsonNode json, Type type) throws UnreadableException {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class && json.isArray()) {
        List<Object> list = new ArrayList<>(json.size());
        for (JsonNode item : json) {
          list.add(value(item, arguments[0]));
        }
        return list;
      }
      if (generic.getRawType() == Map.class && json.isObject()) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
          map.put(entry.getKey(), value(entry.getValue(), arguments[1]));
        }
        return map;
      }
      throw new UnreadableException();
    }
    if (type == String.class && json.isString()) {
      return json.stringValue();
    }
    if (type == Integer.class && json.isIntegralNumber() && json.canConvertToInt()) {
      return json.intValue();
    }
    if (type == Long.class && json.isIntegralNumber() && json.canConvertToLong()) {
      return json.longValue();
    }
    if (type == Boolean.class && json.isBoolean()) {
      return json.booleanValue();
    }
    if (type == Quantity.class && json.isString()) {
      return Quantity.parse(json.stringValue());
    }
    if (type == IntOrString.class && json.isString()) {
      return new IntOrString(json.stringValue());
    }
    if (type == IntOrString.class && json.isIntegralNumber() && json.canConvertToInt()) {
      return new IntOrString(json.intValue());
    }
    // Every other class of that package is a plain bean, or else it is left to Jackson.
    if (type instanceof Class<?> model
        && model.getPackage() == Quantity.class.getPackage()
        && !ModelProperties.of(model).byName().isEmpty()) {
      return object(json, model);
    }
    throw new UnreadableException();
  }

  /** Says that this reader is not the right one; never leaves the class. */
  private static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
