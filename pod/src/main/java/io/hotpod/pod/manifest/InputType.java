package io.hotpod.pod.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The types of a software config's inputs, by Heat's names. */
public enum InputType {
  STRING("String"),
  NUMBER("Number"),
  COMMA_DELIMITED_LIST("CommaDelimitedList"),
  JSON("Json"),
  BOOLEAN("Boolean");

  private final String heatName;

  InputType(String heatName) {
    this.heatName = heatName;
  }

  /** As a declaration spells it: {@code CommaDelimitedList}. */
  public String heatName() {
    return heatName;
  }

  /** The type of that name; empty when Heat has none. */
  static Optional<InputType> named(String heatName) {
    return Arrays.stream(values()).filter(type -> type.heatName.equals(heatName)).findFirst();
  }

  /** All names, in Heat's order. */
  static List<String> names() {
    return Arrays.stream(values()).map(InputType::heatName).toList();
  }
}
