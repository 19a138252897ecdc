package io.hotpod.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A random template of things, and what a stack of it must come to.
 *
 * @param number told in its description, so that it can be told from others
 * @param members by name, each after those that it refers to
 */
record LifeTemplate(int number, Map<String, Member> members) {
  static final Map<String, String> FILES =
      Map.of(
          "inner.yaml",
          """
          heat_template_version: 2021-04-16
          parameters:
            said: {type: string}
          resources:
            a: {type: Test::Outside::Thing, properties: {value: {get_param: said}}}
            b:
              type: Test::Outside::FoundThing
              properties:
                value: {list_join: ['+', [{get_attr: [a, value]}, b]]}
                needs: [{get_resource: a}]
          outputs:
            value: {value: {get_attr: [b, value]}}
          """);

  static final String CONDITION = "OS::Heat::WaitCondition";

  private static final String[] NAMES = {"q", "r", "s", "t", "u", "v"};

  /** One of the names that members have. */
  static String name(Random random) {
    return NAMES[random.nextInt(NAMES.length)];
  }

  /** The name of the handle that a condition waits at. */
  static String handle(String condition) {
    return condition + "-handle";
  }

  /** What a member is. */
  enum Kind {
    CHOSEN,
    FOUND,
    INNER,
    GROUP,
    /** Waits for a signal. */
    SIGNALLED
  }

  /**
   * One resource.
   *
   * @param number the second part of its value; the size of a group
   * @param told whose value is part of its own
   * @param needs whose ids it names
   * @param after what it depends on without naming it
   * @param fail when it fails; empty for never
   */
  record Member(
      Kind kind,
      String letter,
      int number,
      int place,
      Optional<String> told,
      List<String> needs,
      List<String> after,
      String fail,
      boolean slow) {}

  /** A template of a stack's beginning. */
  static LifeTemplate random(int number, Random random) {
    return new LifeTemplate(number, Map.of()).changed(number, random, 6);
  }

  /** A template that differs from this one in a few resources. */
  LifeTemplate changed(int newNumber, Random random) {
    return changed(newNumber, random, 1 + random.nextInt(3));
  }

  private LifeTemplate changed(int newNumber, Random random, int changes) {
    Map<String, Member> left = new LinkedHashMap<>(members);
    for (int i = 0; i < changes; i++) {
      String name = NAMES[random.nextInt(NAMES.length)];
      if (random.nextInt(4) == 0) {
        left.remove(name);
      } else {
        left.put(name, member(name, left, random));
      }
    }
    // In the order of the names, so that a reference always leads to an earlier one.
    Map<String, Member> sorted = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (left.containsKey(name)) {
        sorted.put(name, withoutDangling(requireNonNull(left.get(name)), sorted));
      }
    }
    return new LifeTemplate(newNumber, sorted);
  }

  private static Member member(String name, Map<String, Member> others, Random random) {
    Kind kind =
        switch (random.nextInt(9)) {
          case 0 -> Kind.INNER;
          case 1 -> Kind.GROUP;
          case 8 -> Kind.SIGNALLED;
          case 2, 3, 4 -> Kind.CHOSEN;
          default -> Kind.FOUND;
        };
    List<String> earlier =
        others.keySet().stream().filter(other -> other.compareTo(name) < 0).sorted().toList();
    boolean single = kind == Kind.CHOSEN || kind == Kind.FOUND;
    List<String> needs = new ArrayList<>();
    List<String> after = new ArrayList<>();
    for (String other : earlier) {
      switch (random.nextInt(5)) {
        case 0 -> after.add(other);
        case 1 -> needs.add(other);
        default -> {}
      }
    }
    Optional<String> told =
        earlier.isEmpty() || random.nextInt(3) > 0
            ? Optional.empty()
            : Optional.of(earlier.get(random.nextInt(earlier.size())));
    return new Member(
        kind,
        String.valueOf((char) ('a' + random.nextInt(3))),
        1 + random.nextInt(3),
        random.nextInt(3),
        told,
        needs,
        after,
        single && random.nextInt(12) == 0 ? (random.nextBoolean() ? "before" : "after") : "",
        single && random.nextInt(8) == 0);
  }

  private static boolean isSingle(Member member) {
    return member.kind() == Kind.CHOSEN || member.kind() == Kind.FOUND;
  }

  private static Member withoutDangling(Member member, Map<String, Member> earlier) {
    return new Member(
        member.kind(),
        member.letter(),
        member.number(),
        member.place(),
        member
            .told()
            .filter(each -> earlier.containsKey(each) && tells(requireNonNull(earlier.get(each)))),
        isSingle(member)
            ? member.needs().stream()
                .filter(
                    each ->
                        earlier.containsKey(each) && isSingle(requireNonNull(earlier.get(each))))
                .toList()
            : List.of(),
        member.after().stream().filter(earlier::containsKey).toList(),
        member.fail(),
        member.slow());
  }

  private static boolean tells(Member member) {
    return member.kind() != Kind.GROUP && member.kind() != Kind.SIGNALLED;
  }

  /** The same without anything that fails or waits. */
  LifeTemplate sound(int newNumber) {
    Map<String, Member> sound = new LinkedHashMap<>();
    members.forEach(
        (name, member) ->
            sound.put(
                name,
                new Member(
                    member.kind(),
                    member.letter(),
                    member.number(),
                    member.place(),
                    member.told(),
                    member.needs(),
                    member.after(),
                    "",
                    false)));
    return new LifeTemplate(newNumber, sound);
  }

  boolean fails() {
    return members.values().stream().anyMatch(member -> !member.fail().isEmpty());
  }

  /** Path of each thing, such as {@code r/a}, to what it must say. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    members.forEach(
        (name, member) -> {
          String value = value(name);
          switch (member.kind()) {
            case CHOSEN, FOUND -> values.put(name, value);
            case INNER -> {
              values.put(name + "/a", said(name));
              values.put(name + "/b", value);
            }
            case GROUP -> {
              for (int i = 0; i < member.number(); i++) {
                values.put(name + "/" + i, value + "-" + i);
              }
            }
            case SIGNALLED -> {}
          }
        });
    return values;
  }

  private String said(String name) {
    Member member = requireNonNull(members.get(name));
    String own = member.letter() + member.number();
    return member.told().map(other -> own + "-" + value(other)).orElse(own);
  }

  private String value(String name) {
    return requireNonNull(members.get(name)).kind() == Kind.INNER ? said(name) + "+b" : said(name);
  }

  /** The template as it is sent. */
  String text() {
    StringBuilder text =
        new StringBuilder(
            "heat_template_version: 2021-04-16\ndescription: number %d\n".formatted(number));
    text.append(members.isEmpty() ? "resources: {}\n" : "resources:\n");
    members.forEach((name, member) -> text.append(text(name, member)));
    return text.toString();
  }

  private static String text(String name, Member member) {
    String own = member.letter() + member.number();
    String value =
        member
            .told()
            .map(other -> "{list_join: ['-', [%s, {get_attr: [%s, value]}]]}".formatted(own, other))
            .orElse(own);
    String type =
        switch (member.kind()) {
          case CHOSEN -> ThingType.CHOSEN;
          case FOUND -> ThingType.FOUND;
          case INNER -> "inner.yaml";
          case GROUP -> "OS::Heat::ResourceGroup";
          case SIGNALLED -> CONDITION;
        };
    String properties =
        switch (member.kind()) {
          case CHOSEN, FOUND ->
              "{value: %s, place: 'p%d', needs: [%s], fail: '%s', slow: %s}"
                  .formatted(
                      value,
                      member.place(),
                      member.needs().stream()
                          .map("{get_resource: %s}"::formatted)
                          .collect(Collectors.joining(", ")),
                      member.fail(),
                      member.slow());
          case INNER -> "{said: %s}".formatted(value);
          case GROUP ->
              "{count: %d, resource_def: {type: %s, properties: {value: {list_join: ['-', [%s, '%%index%%']]}}}}"
                  .formatted(member.number(), ThingType.CHOSEN, value);
          case SIGNALLED -> "{handle: {get_resource: %s}, timeout: 600}".formatted(handle(name));
        };
    String before =
        member.kind() == Kind.SIGNALLED
            ? "  %s: {type: OS::Heat::WaitConditionHandle}\n".formatted(handle(name))
            : "";
    return before
        + "  %s:\n    type: %s\n    depends_on: [%s]\n    properties: %s\n"
            .formatted(name, type, String.join(", ", member.after()), properties);
  }
}
