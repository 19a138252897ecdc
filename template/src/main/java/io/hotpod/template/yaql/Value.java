package io.hotpod.template.yaql;

import io.hotpod.template.pattern.PythonPattern;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A value while an expression is evaluated, with Python's equality: {@code 1}, {@code 1.0} and
 * {@code true} are equal, a list and a tuple never are. All but streams are immutable.
 */
sealed interface Value {
  /** Whether it counts as true; empty and zero do not. */
  boolean isTrue();

  /** What people call it, with an article. */
  String kind();

  /** The size of everything in it, so that work can be charged before it is done. */
  default long weight() {
    return 1;
  }

  /** The levels of collections in it. */
  default int height() {
    return 0;
  }

  /** Whether it can be a key or a member of a set. */
  default boolean isHashable() {
    return true;
  }

  /** Nothing. */
  enum Null implements Value {
    NULL;

    @Override
    public boolean isTrue() {
      return false;
    }

    @Override
    public String kind() {
      return "null";
    }
  }

  /** A number, which a truth value is too. */
  sealed interface Numeric extends Value {}

  /** True or false. */
  record Bool(boolean value) implements Numeric {
    static final Bool TRUE = new Bool(true);
    static final Bool FALSE = new Bool(false);

    static Bool of(boolean value) {
      return value ? TRUE : FALSE;
    }

    @Override
    public boolean isTrue() {
      return value;
    }

    @Override
    public String kind() {
      return "a boolean";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numeric number && Numbers.equal(this, number);
    }

    @Override
    public int hashCode() {
      return Numbers.hash(this);
    }
  }

  /** A whole number of any size. */
  record Int(BigInteger value) implements Numeric {
    static Int of(long value) {
      return new Int(BigInteger.valueOf(value));
    }

    @Override
    public boolean isTrue() {
      return value.signum() != 0;
    }

    @Override
    public String kind() {
      return "an integer";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numeric number && Numbers.equal(this, number);
    }

    @Override
    public int hashCode() {
      return Numbers.hash(this);
    }
  }

  /** A floating-point number. */
  record Real(double value) implements Numeric {
    @Override
    public boolean isTrue() {
      return value != 0;
    }

    @Override
    public String kind() {
      return "a float";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numeric number && Numbers.equal(this, number);
    }

    @Override
    public int hashCode() {
      return Numbers.hash(this);
    }
  }

  /** A text. */
  record Text(String value) implements Value {
    @Override
    public boolean isTrue() {
      return !value.isEmpty();
    }

    @Override
    public String kind() {
      return "a string";
    }

    @Override
    public long weight() {
      return 1L + value.length() / 8;
    }

    @Override
    public int hashCode() {
      return Hashes.of(value);
    }
  }

  /** What holds a number of values that is known. */
  sealed interface Sized extends Value {
    /** How many values. */
    int size();

    /** The values, or the keys. */
    Collection<Value> members();

    @Override
    default boolean isTrue() {
      return size() > 0;
    }
  }

  /**
   * A tuple, or one of the lists that a few functions make, which cannot be a key.
   *
   * @param weight and all that follows: counted once, since parts may be shared
   */
  record Sequence(
      List<Value> items, boolean isTuple, long weight, int height, boolean isHashable, int hash)
      implements Sized {
    static Sequence tuple(List<Value> items) {
      return of(items, true);
    }

    static Sequence list(List<Value> items) {
      return of(items, false);
    }

    private static Sequence of(List<Value> items, boolean isTuple) {
      List<Value> copy = List.copyOf(items);
      return new Sequence(
          copy,
          isTuple,
          Weights.weight(copy),
          Weights.height(copy),
          isTuple && copy.stream().allMatch(Value::isHashable),
          Hashes.ordered(copy));
    }

    @Override
    public int size() {
      return items.size();
    }

    @Override
    public Collection<Value> members() {
      return items;
    }

    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Sequence sequence
          && isTuple == sequence.isTuple
          && hash == sequence.hash
          && items.equals(sequence.items);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /**
   * A mapping in the order of its entries; one that is not frozen cannot be a key.
   *
   * @param entries never changed
   */
  record Dict(
      Map<Value, Value> entries,
      boolean isFrozen,
      long weight,
      int height,
      boolean isHashable,
      int hash)
      implements Sized {
    static Dict frozen(Map<Value, Value> entries) {
      return of(entries, true);
    }

    static Dict plain(Map<Value, Value> entries) {
      return of(entries, false);
    }

    private static Dict of(Map<Value, Value> entries, boolean isFrozen) {
      return new Dict(
          entries,
          isFrozen,
          Weights.sum(Weights.weight(entries.keySet()), Weights.weight(entries.values())),
          Math.max(Weights.height(entries.keySet()), Weights.height(entries.values())),
          isFrozen && entries.values().stream().allMatch(Value::isHashable),
          Hashes.unordered(entries.entrySet()));
    }

    @Override
    public int size() {
      return entries.size();
    }

    @Override
    public Collection<Value> members() {
      return entries.keySet();
    }

    @Override
    public String kind() {
      return "a dict";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Dict dict && hash == dict.hash && entries.equals(dict.entries);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /**
   * A set in the order in which its members came.
   *
   * @param members never changed
   * @param isView whether it shows the keys or entries of a dict, which is less than a set of its
   *     own
   */
  record SetOf(Set<Value> members, boolean isView, long weight, int height, int hash)
      implements Sized {
    static SetOf of(Set<Value> members) {
      return of(members, false);
    }

    static SetOf view(Set<Value> members) {
      return of(members, true);
    }

    private static SetOf of(Set<Value> members, boolean isView) {
      return new SetOf(
          members,
          isView,
          Weights.weight(members),
          Weights.height(members),
          Hashes.unordered(members));
    }

    @Override
    public int size() {
      return members.size();
    }

    @Override
    public String kind() {
      return "a set";
    }

    @Override
    public boolean isHashable() {
      return !isView;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof SetOf set && hash == set.hash && members.equals(set.members);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** Values one after the other, some of which can be read only once. */
  non-sealed interface Stream extends Value {
    /** Begins to read; what can be read only once goes on where it was left. */
    Iterator<Value> open();

    /** Whether Python would call it an iterator. */
    boolean isIterator();

    @Override
    default boolean isTrue() {
      return true;
    }

    @Override
    default String kind() {
      return "an iterator";
    }
  }

  /** A compiled pattern. */
  record Pattern(PythonPattern pattern) implements Value {
    @Override
    public boolean isTrue() {
      return true;
    }

    @Override
    public String kind() {
      return "a pattern";
    }
  }

  /** What {@code let} and its kin give to an arrow. */
  record Names(Scope scope) implements Value {
    @Override
    public boolean isTrue() {
      return true;
    }

    @Override
    public String kind() {
      return "a context, which only \"->\" takes";
    }
  }

  /** An entry or a case whose two sides have been evaluated. */
  record Rule(Value source, Value destination) implements Value {
    @Override
    public boolean isTrue() {
      return true;
    }

    @Override
    public String kind() {
      return "a mapping rule";
    }
  }

  /** An expression that a function evaluates when it likes. */
  record Lambda(Evaluator evaluator, Node body, Scope scope) implements Value {
    @Override
    public boolean isTrue() {
      return true;
    }

    @Override
    public String kind() {
      return "an expression";
    }

    /** Evaluates it with {@code $1}, {@code $2} and so on. */
    Value call(Value... arguments) {
      return evaluator.evaluate(body, arguments.length == 0 ? scope : scope.with(arguments));
    }

    /** Evaluates it in a scope that the function made. */
    Value in(Scope other) {
      return evaluator.evaluate(body, other);
    }
  }
}
