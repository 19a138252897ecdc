package io.hotpod.pod;

import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Whether JSON has the shape of an object of the Kubernetes model, so that whoever reads the object
 * finds no null in a list or a map and no quantity that is none. A field that is null is as if it
 * were not there, as Kubernetes has it; what the model does not know is not looked at. Pure.
 */
final class ModelCheck {
  private static final Set<Class<?>> SCALARS =
      Set.of(String.class, Integer.class, Long.class, Boolean.class);

  /**
   * What the Kubernetes API reference requires, for the objects below a volume, a container or the
   * pod's own settings whose readers rely on it; by the name of the class, which is not loaded for
   * it.
   */
  private static final Map<String, List<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("AppArmorProfile", List.of("type")),
          Map.entry("SeccompProfile", List.of("type")),
          Map.entry("Sysctl", List.of("name", "value")),
          Map.entry("LocalObjectReference", List.of("name")),
          Map.entry("HostAlias", List.of("ip")),
          Map.entry("PodDNSConfigOption", List.of("name")),
          Map.entry("ContainerPort", List.of("containerPort")),
          Map.entry("VolumeMount", List.of("name", "mountPath")),
          Map.entry("EnvVar", List.of("name")),
          Map.entry("ConfigMapKeySelector", List.of("name", "key")),
          Map.entry("SecretKeySelector", List.of("name", "key")),
          Map.entry("ObjectFieldSelector", List.of("fieldPath")),
          Map.entry("ResourceFieldSelector", List.of("resource")),
          Map.entry("HTTPGetAction", List.of("port")),
          Map.entry("HTTPHeader", List.of("name")),
          Map.entry("TCPSocketAction", List.of("port")),
          Map.entry("GRPCAction", List.of("port")),
          Map.entry("SleepAction", List.of("seconds")),
          Map.entry("HostPathVolumeSource", List.of("path")),
          Map.entry("KeyToPath", List.of("key", "path")),
          Map.entry("DownwardAPIVolumeFile", List.of("path")));

  private ModelCheck() {}

  /**
   * One thing that is wrong.
   *
   * @param path from the object, such as {@code spec.containers[0].env}; empty for the object
   *     itself
   * @param message what is there, and what is wanted
   */
  record Problem(String path, String message) {
    private Problem below(String segment) {
      return new Problem(
          path.isEmpty() || path.startsWith("[") ? segment + path : segment + "." + path, message);
    }

    /** For people. */
    String words() {
      return path.isEmpty() ? message : path + ": " + message;
    }
  }

  /** The first problem; empty when the JSON can be read. */
  static Optional<Problem> problem(JsonNode json, Class<?> model) {
    if (!json.isObject()) {
      return Optional.of(unfit("a map", json));
    }
    Map<String, ModelProperties.Property> known = ModelProperties.of(model).byName();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      ModelProperties.Property property = known.get(entry.getKey());
      if (property != null && !entry.getValue().isNull()) {
        Optional<Problem> problem = value(entry.getValue(), property.field().getGenericType());
        if (problem.isPresent()) {
          return Optional.of(problem.get().below(entry.getKey()));
        }
      }
    }
    return REQUIRED.getOrDefault(model.getSimpleName(), List.of()).stream()
        .filter(field -> json.path(field).isMissingNode() || json.path(field).isNull())
        .findFirst()
        .map(field -> new Problem("", "\"" + field + "\" is missing"));
  }

  private static Optional<Problem> value(JsonNode json, Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? list(json, arguments[0])
          : map(json, arguments[arguments.length - 1]);
    }
    if (json.isNull()) {
      return Optional.of(new Problem("", "it is null"));
    }
    if (type == Quantity.class) {
      boolean given = json.isString() || json.isNumber();
      return given && Quantities.value(json.asString()).isPresent()
          ? Optional.empty()
          : Optional.of(new Problem("", shown(json) + " is not a quantity"));
    }
    if (type instanceof Class<?> scalar && SCALARS.contains(scalar)) {
      return json.isContainer() ? Optional.of(unfit("a single value", json)) : Optional.empty();
    }
    return type instanceof Class<?> model && !ModelProperties.of(model).byName().isEmpty()
        ? problem(json, model)
        : Optional.empty();
  }

  private static Optional<Problem> list(JsonNode json, Type item) {
    if (!json.isArray()) {
      return Optional.of(unfit("a list", json));
    }
    for (int index = 0; index < json.size(); index++) {
      Optional<Problem> problem = value(json.get(index), item);
      if (problem.isPresent()) {
        return Optional.of(problem.get().below("[" + index + "]"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Problem> map(JsonNode json, Type value) {
    if (!json.isObject()) {
      return Optional.of(unfit("a map", json));
    }
    Stream<Optional<Problem>> problems =
        json.properties().stream()
            .map(entry -> value(entry.getValue(), value).map(found -> found.below(entry.getKey())));
    return problems.flatMap(Optional::stream).findFirst();
  }

  private static Problem unfit(String wanted, JsonNode json) {
    return new Problem("", wanted + " is wanted, and this is " + kind(json));
  }

  private static String kind(JsonNode json) {
    if (json.isObject()) {
      return "a map";
    }
    if (json.isArray()) {
      return "a list";
    }
    return json.isString() ? "text" : json.isNumber() ? "a number" : json.asString();
  }

  /** Not the values of maps and lists: nobody knows what is in them. */
  private static String shown(JsonNode json) {
    String text = json.isContainer() ? kind(json) : json.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
