package io.hotpod.template;

import io.hotpod.document.DocumentException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How much may still be made of a template's references: a few of them can multiply a large value.
 * Counted in characters. For one result only.
 */
final class ValueBudget {
  /** Nobody means a result beyond this. */
  private static final long MOST_CHARACTERS = 32L * 1024 * 1024;

  private final WorkBudget work;
  private long spent;

  /**
   * @param work that is done for all results together
   */
  ValueBudget(WorkBudget work) {
    this.work = work;
  }

  WorkBudget work() {
    return work;
  }

  /** Counts what is made anew, which is work besides. */
  void spendOnMaking(long characters, Place place) {
    work.spendOnCharacters(characters, place);
    spend(characters, place);
  }

  /** Counts what is taken from where it is. */
  void spend(long characters, Place place) {
    spent += characters;
    if (spent > MOST_CHARACTERS) {
      throw new DocumentException(
          place.problem("the value made here is larger than " + MOST_CHARACTERS + " characters"));
    }
  }

  /** The size of a value. */
  static long size(JsonNode value) {
    long size = 1;
    if (value.isString()) {
      size += value.stringValue().length();
    } else if (value.isObject()) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        size += entry.getKey().length() + size(entry.getValue());
      }
    } else if (value.isArray()) {
      for (JsonNode item : value) {
        size += size(item);
      }
    }
    return size;
  }
}
