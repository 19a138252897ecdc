package io.hotpod.pod;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the fields of one class of the Kubernetes model are called in JSON, read from its annotations
 * when the class is first used. Methods are not looked at: they would load the builders of every
 * class. Thread-safe.
 *
 * @param byName name in JSON to field; empty for a class that is no plain bean
 * @param unknown the field in which Jackson puts aside what the model does not know
 */
record ModelProperties(Map<String, Property> byName, Optional<Field> unknown) {
  private static final ClassValue<ModelProperties> PROPERTIES =
      new ClassValue<>() {
        @Override
        protected ModelProperties computeValue(Class<?> model) {
          return read(model);
        }
      };

  /**
   * One field.
   *
   * @param field open to be read and set
   * @param omitEmpty whether an empty list or map is left out of the JSON
   */
  record Property(Field field, boolean omitEmpty) {}

  /** The properties of a class. */
  static ModelProperties of(Class<?> model) {
    return PROPERTIES.get(model);
  }

  private static ModelProperties read(Class<?> model) {
    Map<String, Property> properties = new LinkedHashMap<>();
    Optional<Field> unknown = Optional.empty();
    for (Field field : model.getDeclaredFields()) {
      JsonProperty name = field.getAnnotation(JsonProperty.class);
      if (name != null) {
        field.setAccessible(true);
        JsonInclude include = field.getAnnotation(JsonInclude.class);
        boolean omitEmpty = include != null && include.value() == JsonInclude.Include.NON_EMPTY;
        properties.put(
            name.value().isEmpty() ? field.getName() : name.value(),
            new Property(field, omitEmpty));
      } else if (field.getName().equals("additionalProperties")) {
        field.setAccessible(true);
        unknown = Optional.of(field);
      }
    }
    return new ModelProperties(Collections.unmodifiableMap(properties), unknown);
  }
}
