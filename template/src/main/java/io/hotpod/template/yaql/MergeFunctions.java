package io.hotpod.template.yaql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code mergeWith}: two dicts into one, level by level. */
final class MergeFunctions {
  private MergeFunctions() {}

  static void register(Library library) {
    library.method(
        "mergeWith",
        "dict: dict, another: dict, listMerger: lambda = null, itemMerger: lambda = null,"
            + " maxLevels: int = 0",
        call -> merged(call, call.dict(0), call.dict(1), call.integer(4)));
  }

  /**
   * @param levels that are merged; 0 for all
   */
  private static Value merged(Call call, Value.Dict left, Value.Dict right, int levels) {
    call.work().enter();
    call.work().spend(left.size() + (long) right.size());
    Map<Value, Value> entries = new LinkedHashMap<>();
    left.entries()
        .forEach(
            (key, value) ->
                entries.put(
                    key,
                    Optional.ofNullable(right.entries().get(key))
                        .map(other -> both(call, value, other, levels))
                        .orElse(value)));
    right.entries().forEach(entries::putIfAbsent);
    call.work().leave();
    return call.work().produced(Value.Dict.plain(entries));
  }

  private static Value both(Call call, Value left, Value right, int levels) {
    if (levels != 1 && right instanceof Value.Dict another) {
      if (!(left instanceof Value.Dict dict)) {
        throw new Failure(left.kind() + " cannot be merged with a dict");
      }
      return merged(call, dict, another, levels == 0 ? 0 : levels - 1);
    }
    if (levels != 1 && right instanceof Value.Sequence more) {
      if (!(left instanceof Value.Sequence list)) {
        throw new Failure(left.kind() + " cannot be merged with a list");
      }
      return call.optionalLambda(2)
          .map(merger -> merger.call(list, more))
          .orElseGet(() -> distinct(call, list, more));
    }
    return call.optionalLambda(3).map(merger -> merger.call(left, right)).orElse(right);
  }

  private static Value distinct(Call call, Value.Sequence left, Value.Sequence right) {
    Set<Value> members = new LinkedHashSet<>();
    List<Value> both = new ArrayList<>(left.items());
    both.addAll(right.items());
    for (Value member : both) {
      SetFunctions.add(members, member, call.work());
    }
    return Value.Sequence.tuple(List.copyOf(members));
  }
}
