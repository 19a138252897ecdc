package io.hotpod.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads one pod of a desired set so that it harms only itself: where it says whose pod it is and
 * nothing else can be understood, it is a pod with a defect, and the others of its set are kept.
 */
final class DesiredPodDeserializer extends ValueDeserializer<DesiredPod> {
  /** Why it has a defect, in words for people. */
  private static final class DefectException extends Exception {
    private static final long serialVersionUID = 1;

    DefectException(String message) {
      super(message);
    }
  }

  @Override
  public DesiredPod deserialize(JsonParser parser, DeserializationContext context) {
    JsonNode tree = context.readTree(parser);
    if (!tree.path("id").isString() || !tree.path("token").isString()) {
      return context.reportInputMismatch(DesiredPod.class, "a desired pod has no id or no token");
    }
    String id = tree.path("id").stringValue();
    ModificationToken token = context.readTreeAsValue(tree.path("token"), ModificationToken.class);
    try {
      if (tree.path("defect").isString()) {
        throw new DefectException(tree.path("defect").stringValue());
      }
      return new DesiredPod(
          id,
          token,
          run(tree),
          pod(tree.path("pod"), context),
          values(tree, "configMaps"),
          values(tree, "secrets"),
          updateStrategy(tree),
          after(tree));
    } catch (DefectException e) {
      return new DesiredPod(
          id,
          token,
          tree.path("run").asBoolean(true),
          new PodBuilder().withNewMetadata().withName(name(tree)).endMetadata().build(),
          Map.of(),
          Map.of(),
          UpdateStrategy.RECREATE,
          List.of(),
          Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private static String name(JsonNode tree) {
    return tree.path("pod").path("metadata").path("name").asString(tree.path("id").stringValue());
  }

  /** Nothing is stopped because nobody said that it is to run. */
  private static boolean run(JsonNode tree) throws DefectException {
    if (!tree.path("run").isBoolean()) {
      throw new DefectException("run: true or false is wanted");
    }
    return tree.path("run").booleanValue();
  }

  private static Pod pod(JsonNode tree, DeserializationContext context) throws DefectException {
    if (!tree.isObject()) {
      throw new DefectException("it has no manifest");
    }
    try {
      return context.readTreeAsValue(tree, Pod.class);
    } catch (JacksonException e) {
      throw new DefectException("its manifest cannot be read: " + words(e));
    }
  }

  /** Jackson's own words speak of Java. */
  private static String words(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.isEmpty() ? e.getOriginalMessage() : path + ": another kind of value is wanted";
  }

  private static Map<String, Map<String, String>> values(JsonNode tree, String field)
      throws DefectException {
    if (!tree.path(field).isObject()) {
      throw new DefectException(field + ": a map is wanted");
    }
    Map<String, Map<String, String>> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : tree.path(field).properties()) {
      if (!entry.getValue().isObject()) {
        throw new DefectException(field + "." + entry.getKey() + ": a map is wanted");
      }
      Map<String, String> content = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> value : entry.getValue().properties()) {
        String path = field + "." + entry.getKey() + "." + value.getKey();
        content.put(value.getKey(), text(value.getValue(), path));
      }
      values.put(entry.getKey(), content);
    }
    return values;
  }

  private static UpdateStrategy updateStrategy(JsonNode tree) throws DefectException {
    String given = text(tree.path("updateStrategy"), "updateStrategy");
    for (UpdateStrategy strategy : UpdateStrategy.values()) {
      if (strategy.name().equals(given)) {
        return strategy;
      }
    }
    throw new DefectException("updateStrategy: this agent knows no \"" + given + "\"");
  }

  private static List<String> after(JsonNode tree) throws DefectException {
    if (!tree.path("after").isArray()) {
      throw new DefectException("after: a list is wanted");
    }
    List<String> after = new ArrayList<>();
    for (JsonNode id : tree.path("after")) {
      after.add(text(id, "after"));
    }
    return after;
  }

  private static String text(JsonNode value, String path) throws DefectException {
    if (!value.isString()) {
      throw new DefectException(path + ": text is wanted");
    }
    return value.stringValue();
  }
}
