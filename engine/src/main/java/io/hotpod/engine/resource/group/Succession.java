package io.hotpod.engine.resource.group;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Which members a group has after a batch. Pure. */
public final class Succession {
  private Succession() {}

  /**
   * The members after a batch: too many go, missing ones are made, and as many of the others as the
   * batch allows get their new definition.
   *
   * @param present in the order in which they may go or change
   * @param newNames gives names that no member has
   * @param definition what a member of a name should be
   */
  public static Map<String, JsonNode> after(
      Batches.Batch batch,
      List<Member> present,
      Supplier<String> newNames,
      Function<String, JsonNode> definition) {
    List<Member> staying =
        present.subList(Math.max(present.size() - batch.capacity(), 0), present.size());
    int made = batch.capacity() - staying.size();
    int changes = batch.renewed() - made;
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (Member member : staying) {
      JsonNode wanted = definition.apply(member.name());
      boolean changing = changes > 0 && !wanted.equals(member.definition());
      changes -= changing ? 1 : 0;
      members.put(member.name(), changing ? wanted : member.definition());
    }
    for (int i = 0; i < made; i++) {
      String name = newNames.get();
      members.put(name, definition.apply(name));
    }
    return members;
  }
}
