package io.hotpod.template.yaql;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of one call, by the numbers of the parameters from 0, already of their types. */
final class Call {
  private final Library library;
  private final Work work;
  private final Scope scope;
  private final Signature.Bound bound;

  Call(Library library, Work work, Scope scope, Signature.Bound bound) {
    this.library = library;
    this.work = work;
    this.scope = scope;
    this.bound = bound;
  }

  Library library() {
    return library;
  }

  Work work() {
    return work;
  }

  Scope scope() {
    return scope;
  }

  /** What was given beyond the parameters. */
  List<Value> rest() {
    return bound.rest();
  }

  /** What was given by names that no parameter has. */
  Map<String, Value> named() {
    return bound.named();
  }

  Optional<Value> given(int index) {
    return bound.slots().get(index);
  }

  Value value(int index) {
    return given(index).orElseThrow();
  }

  boolean isNull(int index) {
    return value(index) == Value.Null.NULL;
  }

  String text(int index) {
    return ((Value.Text) value(index)).value();
  }

  /** A text that may be null. */
  Optional<String> optionalText(int index) {
    return isNull(index) ? Optional.empty() : Optional.of(text(index));
  }

  BigInteger exact(int index) {
    return Numbers.exact((Value.Numeric) value(index));
  }

  /** A whole number; beyond 32 bits the nearest of them, which no size or place reaches. */
  int integer(int index) {
    BigInteger limit = BigInteger.valueOf(Integer.MAX_VALUE);
    return exact(index).min(limit).max(limit.negate()).intValue();
  }

  Value.Numeric number(int index) {
    return (Value.Numeric) value(index);
  }

  boolean flag(int index) {
    return value(index).isTrue();
  }

  Value.Lambda lambda(int index) {
    return (Value.Lambda) value(index);
  }

  /** An expression that may have been left out. */
  Optional<Value.Lambda> optionalLambda(int index) {
    return given(index).filter(Value.Lambda.class::isInstance).map(Value.Lambda.class::cast);
  }

  Value.Dict dict(int index) {
    return (Value.Dict) value(index);
  }

  Value.SetOf set(int index) {
    return (Value.SetOf) value(index);
  }

  /** Goes through a collection; more elements than allowed are refused when they come. */
  Iterator<Value> each(int index) {
    return each(value(index));
  }

  /** Goes through a collection; more elements than allowed are refused when they come. */
  Iterator<Value> each(Value collection) {
    return Sequences.each(collection, work);
  }

  /** All of a collection. */
  List<Value> all(int index) {
    return all(each(index));
  }

  /** All that is left of an iterator. */
  List<Value> all(Iterator<Value> source) {
    List<Value> all = new ArrayList<>();
    while (source.hasNext()) {
      all.add(source.next());
      work.spend(1);
      work.refuseBytes(56 + 8L * all.size());
    }
    return all;
  }
}
