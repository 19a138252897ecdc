package io.hotpod.template.yaql;

import java.util.Locale;

/** What a function takes. */
enum ParameterType {
  ANY,
  BOOL,
  /** A whole number; as in Python, true and false are such. */
  INT,
  /** A whole or floating-point number, but no truth value. */
  NUMBER,
  STRING,
  /** Anything that can be gone through, except strings and dicts. */
  ITERABLE,
  ITERATOR,
  SEQUENCE,
  DICT,
  SET,
  PATTERN,
  ORDERED,
  CONTEXT,
  /** An expression that is evaluated by the function. */
  LAMBDA,
  /** {@code source => destination}, both evaluated before. */
  RULE,
  /** {@code source => destination}, both evaluated by the function. */
  CASE;

  boolean accepts(Value value) {
    return switch (this) {
      case ANY -> true;
      case BOOL -> value instanceof Value.Bool;
      case INT -> value instanceof Value.Int || value instanceof Value.Bool;
      case NUMBER -> value instanceof Value.Int || value instanceof Value.Real;
      case STRING -> value instanceof Value.Text;
      case ITERABLE ->
          value instanceof Value.Sequence
              || value instanceof Value.SetOf
              || value instanceof Value.Stream;
      case ITERATOR -> value instanceof Value.Stream stream && stream.isIterator();
      case SEQUENCE -> value instanceof Value.Sequence;
      case DICT -> value instanceof Value.Dict;
      case SET -> value instanceof Value.SetOf;
      case PATTERN -> value instanceof Value.Pattern;
      case ORDERED -> value instanceof Ordered;
      case CONTEXT -> value instanceof Value.Names;
      case LAMBDA -> value instanceof Value.Lambda;
      case RULE, CASE -> value instanceof Value.Rule;
    };
  }

  boolean isLazy() {
    return this == LAMBDA || this == CASE;
  }

  String shown() {
    return name().toLowerCase(Locale.ROOT);
  }
}
