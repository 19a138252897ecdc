package io.hotpod.template;

import java.util.Arrays;
import java.util.Optional;

/** The type of a parameter. */
public enum ParameterType {
  STRING("string", "String"),
  NUMBER("number", "Number"),
  COMMA_DELIMITED_LIST("comma_delimited_list", "CommaDelimitedList"),
  JSON("json", "Json"),
  BOOLEAN("boolean", "Boolean");

  private final String keyword;
  private final String displayName;

  ParameterType(String keyword, String displayName) {
    this.keyword = keyword;
    this.displayName = displayName;
  }

  /** As templates write it. */
  public String keyword() {
    return keyword;
  }

  /** As Heat's validate call and its messages show it, such as {@code CommaDelimitedList}. */
  public String displayName() {
    return displayName;
  }

  static Optional<ParameterType> of(String keyword) {
    return Arrays.stream(values()).filter(type -> type.keyword.equals(keyword)).findFirst();
  }
}
