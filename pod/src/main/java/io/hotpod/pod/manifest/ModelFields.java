package io.hotpod.pod.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields that Kubernetes knows, read from the Jackson annotations of the model classes, so that
 * no second copy of its schema has to be kept. A class is looked at when a manifest first uses it,
 * and never again; what nobody uses is never looked at. Thread-safe.
 */
final class ModelFields {
  private static final ClassValue<Map<String, FieldType>> FIELDS =
      new ClassValue<>() {
        @Override
        protected Map<String, FieldType> computeValue(Class<?> model) {
          return read(model);
        }
      };

  private ModelFields() {}

  /** Name to type, in the order of the class. */
  static Map<String, FieldType> of(Class<?> model) {
    return FIELDS.get(model);
  }

  private static Map<String, FieldType> read(Class<?> model) {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    for (Field field : model.getDeclaredFields()) {
      JsonProperty property = field.getAnnotation(JsonProperty.class);
      if (property != null) {
        String name = property.value().isEmpty() ? field.getName() : property.value();
        fields.put(name, type(field.getGenericType()));
      }
    }
    return Collections.unmodifiableMap(fields);
  }

  private static FieldType type(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return new FieldType.ListOf(type(arguments[0]));
      }
      if (generic.getRawType() == Map.class) {
        return new FieldType.MapOf(type(arguments[1]));
      }
    }
    if (type == String.class) {
      return FieldType.Simple.TEXT;
    }
    if (type == Integer.class) {
      return FieldType.Simple.WHOLE;
    }
    if (type == Long.class) {
      return FieldType.Simple.LONG;
    }
    if (type == Boolean.class) {
      return FieldType.Simple.FLAG;
    }
    if (type == Quantity.class) {
      return FieldType.Simple.QUANTITY;
    }
    if (type == IntOrString.class) {
      return FieldType.Simple.WHOLE_OR_TEXT;
    }
    // Its own fields are read when a manifest has such a value, not before.
    if (type instanceof Class<?> model && model.getPackage() == Quantity.class.getPackage()) {
      return new FieldType.ObjectOf(model);
    }
    return FieldType.Simple.ANY;
  }
}
