package io.hotpod.template;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the argument of a function must look like, and Heat's words for one that does not. */
sealed interface ArgumentShape {
  /** Anything. */
  record Anything() implements ArgumentShape {}

  /**
   * A list.
   *
   * @param writtenOut whether it must be a list in the template, and not a function that gives one
   */
  record Items(int fewest, int most, boolean writtenOut, String notAList, String wrongNumber)
      implements ArgumentShape {}

  /** A map, written out in the template. */
  record Keys(List<String> required, List<String> optional, String notAMap, String missing)
      implements ArgumentShape {}

  /** A list of a number of items. */
  static ArgumentShape items(int fewest, int most, String words) {
    return new Items(fewest, most, false, words, words);
  }

  /** The same, of which the template must show that it is a list. */
  static ArgumentShape writtenItems(int fewest, int most, String notAList, String wrongNumber) {
    return new Items(fewest, most, true, notAList, wrongNumber);
  }

  /** What is wrong with a value. */
  default void check(JsonNode argument) throws FunctionException {
    switch (this) {
      case Anything _ -> {}
      case Items items -> {
        if (!argument.isArray()) {
          throw new FunctionException(items.notAList());
        }
        checkNumber(items, argument.size(), argument.size());
      }
      case Keys keys -> {
        if (!argument.isObject()) {
          throw new FunctionException(keys.notAMap());
        }
      }
    }
  }

  private static void checkNumber(Items items, int fewest, int most) throws FunctionException {
    if (most < items.fewest() || fewest > items.most()) {
      throw new FunctionException(items.wrongNumber());
    }
  }

  /** What is already wrong with an argument as it is written. */
  default void check(Expression argument) throws FunctionException {
    switch (this) {
      case Anything _ -> {}
      case Items items -> {
        boolean mayGiveList = argument instanceof FunctionCall && !items.writtenOut();
        if (argument instanceof Expression.ListExpression list) {
          // An if without an else may still take its item away.
          long sure = list.items().stream().filter(item -> !mayVanish(item)).count();
          checkNumber(items, (int) sure, list.items().size());
        } else if (!mayGiveList) {
          throw new FunctionException(items.notAList());
        }
      }
      case Keys keys -> {
        if (!(argument instanceof Expression.MapExpression map)) {
          throw new FunctionException(keys.notAMap());
        }
        for (String key : keys.required()) {
          if (map.get(key).isEmpty()) {
            throw new FunctionException(keys.missing());
          }
        }
      }
    }
  }

  private static boolean mayVanish(Expression item) {
    return item instanceof Expression.If call && call.otherwise().isEmpty();
  }

  /** The keys that an argument may have; none when it may have any or is no map. */
  default List<String> keys() {
    return this instanceof Keys keys
        ? Stream.concat(keys.required().stream(), keys.optional().stream()).toList()
        : List.of();
  }
}
