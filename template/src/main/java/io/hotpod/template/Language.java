package io.hotpod.template;

import static io.hotpod.template.Span.between;
import static io.hotpod.template.Span.never;
import static io.hotpod.template.Span.since;
import static io.hotpod.template.TemplateVersion.V2013_05_23;
import static io.hotpod.template.TemplateVersion.V2014_10_16;
import static io.hotpod.template.TemplateVersion.V2015_04_30;
import static io.hotpod.template.TemplateVersion.V2015_10_15;
import static io.hotpod.template.TemplateVersion.V2016_04_08;
import static io.hotpod.template.TemplateVersion.V2016_10_14;
import static io.hotpod.template.TemplateVersion.V2017_02_24;
import static io.hotpod.template.TemplateVersion.V2017_09_01;
import static io.hotpod.template.TemplateVersion.V2018_03_02;
import static io.hotpod.template.TemplateVersion.V2021_04_16;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each version of the template language has: the one table. */
public final class Language {
  private Language() {}

  /** The functions: in which versions they may stand in values, and in which in conditions. */
  public enum Function {
    GET_PARAM("get_param", since(V2013_05_23), since(V2016_10_14), "the value of a parameter"),
    GET_RESOURCE("get_resource", since(V2013_05_23), "the reference id of a resource"),
    GET_ATTR("get_attr", since(V2013_05_23), "an attribute of a resource"),
    GET_FILE("get_file", since(V2013_05_23), "the content of a file"),
    RESOURCE_FACADE("resource_facade", since(V2013_05_23), "a part of the parent's resource"),
    LIST_JOIN("list_join", since(V2013_05_23), "the items of lists, joined to one text"),
    STR_REPLACE("str_replace", since(V2013_05_23), "a text with words replaced"),
    DIGEST("digest", since(V2015_04_30), "the digest of a text"),
    REPEAT("repeat", since(V2015_04_30), "a list with an item made for each value"),
    STR_SPLIT("str_split", since(V2015_10_15), "the pieces of a text"),
    MAP_MERGE("map_merge", since(V2016_04_08), "several maps made into one"),
    IF("if", since(V2016_10_14), "one of two values, chosen by a condition"),
    MAP_REPLACE("map_replace", since(V2016_10_14), "a map with keys and values replaced"),
    YAQL("yaql", since(V2016_10_14), since(V2017_09_01), "the result of a yaql expression"),
    FILTER("filter", since(V2017_02_24), "a list without some values"),
    STR_REPLACE_STRICT("str_replace_strict", since(V2017_02_24), "str_replace that misses no word"),
    CONTAINS(
        "contains", since(V2017_09_01), since(V2017_09_01), "whether a value is in a list or text"),
    LIST_CONCAT("list_concat", since(V2017_09_01), "several lists made into one"),
    LIST_CONCAT_UNIQUE("list_concat_unique", since(V2017_09_01), "list_concat, each value once"),
    MAKE_URL("make_url", since(V2017_09_01), "a URL made of its parts"),
    STR_REPLACE_VSTRICT(
        "str_replace_vstrict", since(V2017_09_01), "str_replace_strict that takes no empty value"),

    EQUALS("equals", never(), since(V2016_10_14), "whether two values are equal"),
    NOT("not", never(), since(V2016_10_14), "whether a condition is false"),
    AND("and", never(), since(V2016_10_14), "whether all conditions are true"),
    OR("or", never(), since(V2016_10_14), "whether any condition is true"),

    REF("Ref", between(V2013_05_23, V2014_10_16), "a parameter or a resource"),
    FN_BASE64("Fn::Base64", between(V2013_05_23, V2014_10_16), "a text, as it is"),
    FN_GET_AZS("Fn::GetAZs", between(V2013_05_23, V2014_10_16), "the availability zones"),
    FN_JOIN("Fn::Join", between(V2013_05_23, V2014_10_16), "the items of a list, joined"),
    FN_MEMBER_LIST_TO_MAP(
        "Fn::MemberListToMap", between(V2013_05_23, V2014_10_16), "a map of a list of members"),
    FN_REPLACE("Fn::Replace", between(V2013_05_23, V2014_10_16), "a text with words replaced"),
    FN_RESOURCE_FACADE(
        "Fn::ResourceFacade", between(V2013_05_23, V2014_10_16), "a part of the parent's resource"),
    FN_SELECT("Fn::Select", between(V2013_05_23, V2015_10_15), "an item of a list or map"),
    FN_SPLIT("Fn::Split", between(V2013_05_23, V2014_10_16), "the pieces of a text");

    private static final Map<String, Function> BY_KEYWORD =
        Stream.of(values())
            .collect(Collectors.toUnmodifiableMap(Function::keyword, function -> function));

    private final String keyword;

    // A record of versions, which never changes.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Span values;

    // A record of versions, which never changes.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Span conditions;

    private final String description;

    Function(String keyword, Span values, String description) {
      this(keyword, values, never(), description);
    }

    Function(String keyword, Span values, Span conditions, String description) {
      this.keyword = keyword;
      this.values = values;
      this.conditions = conditions;
      this.description = description;
    }

    /** As templates write it, such as {@code get_param}. */
    public String keyword() {
      return keyword;
    }

    /** What it gives, in a few words for people. */
    public String description() {
      return description;
    }

    /** Whether it may stand in values: properties, metadata, outputs. */
    public boolean isInValuesOf(TemplateVersion version) {
      return values.has(version);
    }

    /** Whether it may stand in conditions. */
    public boolean isInConditionsOf(TemplateVersion version) {
      return conditions.has(version);
    }

    /** Whether some version has it in values; the other functions are plain keys there. */
    boolean isOfValues() {
      return !values.equals(never());
    }

    /** Whether some version has it in conditions. */
    boolean isOfConditions() {
      return !conditions.equals(never());
    }

    String versionsInValues() {
      return values.words();
    }

    String versionsInConditions() {
      return conditions.words();
    }

    /** Whether a map of this one key is a call, in some version. */
    public static boolean isKeyword(String key) {
      return BY_KEYWORD.containsKey(key);
    }

    static Optional<Function> of(String keyword) {
      return Optional.ofNullable(BY_KEYWORD.get(keyword));
    }
  }

  /** Keys and ways of working that came after the first version. */
  enum Feature {
    CONDITIONS("conditions", V2016_10_14),
    CONDITION("condition", V2016_10_14),
    EXTERNAL_ID("external_id", V2016_10_14),
    LOWER_CASE_DELETION_POLICY("a lower-case deletion_policy", V2016_10_14),
    PARAMETER_TAGS("tags", V2018_03_02),
    MODULO("modulo", V2017_02_24),

    ALL_ATTRIBUTES("get_attr without an attribute", V2015_10_15),
    CONTAINERS_AS_TEXT("maps and lists in texts", V2015_10_15),
    SEVERAL_LISTS_TO_JOIN("several lists in list_join", V2015_10_15),
    REPEAT_OVER_MAPS("repeat over maps", V2016_10_14),
    REPEAT_IN_STEP("permutations of repeat", V2017_09_01),
    IF_WITHOUT_ELSE("if without an else", V2021_04_16);

    private final String words;

    // A record of versions, which never changes.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Span versions;

    Feature(String words, TemplateVersion first) {
      this.words = words;
      this.versions = since(first);
    }

    boolean isIn(TemplateVersion version) {
      return versions.has(version);
    }

    /** Such as {@code tags needs heat_template_version 2018-03-02 or newer}. */
    String needs() {
      return words + " needs " + versions.words();
    }
  }
}
