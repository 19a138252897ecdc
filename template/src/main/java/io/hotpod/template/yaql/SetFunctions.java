package io.hotpod.template.yaql;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Functions of sets. */
final class SetFunctions {
  private static final String TWO = "left: set, right: set";

  private SetFunctions() {}

  static void register(Library library) {
    library
        .function("set", "*args: any?", call -> of(call, Sequences.unrolled(call).iterator()))
        .method("toSet", "collection: iterable", call -> of(call, call.each(0)))
        .both("len", "set: set", call -> ListFunctions.size(call.value(0)))
        .method("add", "set: set, *values: any?", SetFunctions::plus)
        .method("remove", "set: set, *values: any?", SetFunctions::minus)
        .method("union", TWO, call -> union(call, call.set(0), call.set(1)))
        .method("intersect", TWO, call -> filtered(call, call.set(0), call.set(1), true))
        .method("difference", TWO, call -> filtered(call, call.set(0), call.set(1), false))
        .method("symmetricDifference", TWO, SetFunctions::symmetric)
        .operator("-", TWO, call -> filtered(call, call.set(0), call.set(1), false))
        .function(
            "isSet", "arg: any?", call -> Value.Bool.of(call.value(0) instanceof Value.SetOf));
  }

  static void add(Set<Value> members, Value value, Work work) {
    Dicts.refuseUnhashable(value);
    work.spend(1 + value.weight());
    members.add(value);
  }

  private static Value of(Call call, Iterator<Value> source) {
    Set<Value> members = new LinkedHashSet<>();
    while (source.hasNext()) {
      add(members, source.next(), call.work());
      call.work().refuseBytes(216 + 16L * members.size());
    }
    return Value.SetOf.of(members);
  }

  private static Set<Value> copy(Call call, Value.SetOf set) {
    call.work().spend(set.size());
    return new LinkedHashSet<>(set.members());
  }

  private static Value plus(Call call) {
    Set<Value> members = copy(call, call.set(0));
    call.rest().forEach(value -> add(members, value, call.work()));
    return Value.SetOf.of(members);
  }

  private static Value minus(Call call) {
    Set<Value> members = copy(call, call.set(0));
    call.rest().forEach(Dicts::refuseUnhashable);
    call.rest().forEach(members::remove);
    return Value.SetOf.of(members);
  }

  static Value union(Call call, Value.SetOf left, Value.SetOf right) {
    Set<Value> members = copy(call, left);
    right.members().forEach(value -> add(members, value, call.work()));
    return Value.SetOf.of(members);
  }

  /** The members of one that are, or are not, in the other. */
  private static Value.SetOf filtered(
      Call call, Value.SetOf left, Value.SetOf right, boolean present) {
    call.work().spend(Weights.sum(left.weight(), right.weight()));
    Set<Value> members = new LinkedHashSet<>();
    for (Value member : left.members()) {
      if (right.members().contains(member) == present) {
        members.add(member);
      }
    }
    return Value.SetOf.of(members);
  }

  private static Value symmetric(Call call) {
    Set<Value> members =
        new LinkedHashSet<>(filtered(call, call.set(0), call.set(1), false).members());
    members.addAll(filtered(call, call.set(1), call.set(0), false).members());
    return Value.SetOf.of(members);
  }
}
