package io.hotpod.template.schema;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The type of a property or an attribute; Heat's. */
public enum PropertyType {
  STRING,
  INTEGER,
  NUMBER,
  BOOLEAN,
  MAP,
  LIST,
  ANY;

  /** As Heat's API writes it. */
  public String heatName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a null stands for when a property has no default. */
  JsonNode zero() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (this) {
      case STRING -> nodes.stringNode("");
      case INTEGER, NUMBER -> nodes.numberNode(0);
      case BOOLEAN -> nodes.booleanNode(false);
      case MAP -> nodes.objectNode();
      case LIST -> nodes.arrayNode();
      case ANY -> nodes.nullNode();
    };
  }
}
