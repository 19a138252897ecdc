package io.hotpod.template;

import java.util.List;

/** What is true or false once the parameters are known. Immutable. */
public sealed interface Condition {
  /** Where it stands. */
  Place place();

  /** A literal boolean, or a {@code get_param} that comes to one. */
  record Truth(Expression value, Place place) implements Condition {}

  /** The name of an entry of {@code conditions}. */
  record Named(String name, Place place) implements Condition {}

  /** {@code equals}: deep equality. */
  record Equals(Expression left, Expression right, Place place) implements Condition {}

  /** {@code not}. */
  record Not(Condition condition, Place place) implements Condition {}

  /** {@code and}: all of at least two. */
  record And(List<Condition> conditions, Place place) implements Condition {
    public And {
      conditions = List.copyOf(conditions);
    }
  }

  /** {@code or}: any of at least two. */
  record Or(List<Condition> conditions, Place place) implements Condition {
    public Or {
      conditions = List.copyOf(conditions);
    }
  }
}
