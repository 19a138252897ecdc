package io.hotpod.template;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The functions of the whole language, and when each came and went. */
enum FunctionName {
  GET_PARAM("get_param", TemplateVersion.V2013_05_23),
  GET_RESOURCE("get_resource", TemplateVersion.V2013_05_23),
  GET_ATTR("get_attr", TemplateVersion.V2013_05_23),
  GET_FILE("get_file", TemplateVersion.V2013_05_23),
  STR_REPLACE("str_replace", TemplateVersion.V2013_05_23),
  LIST_JOIN("list_join", TemplateVersion.V2013_05_23),
  IF("if", TemplateVersion.V2016_10_14),

  RESOURCE_FACADE("resource_facade", TemplateVersion.V2013_05_23),
  DIGEST("digest", TemplateVersion.V2015_04_30),
  REPEAT("repeat", TemplateVersion.V2015_04_30),
  STR_SPLIT("str_split", TemplateVersion.V2015_10_15),
  MAP_MERGE("map_merge", TemplateVersion.V2016_04_08),
  YAQL("yaql", TemplateVersion.V2016_10_14),
  MAP_REPLACE("map_replace", TemplateVersion.V2016_10_14),
  FILTER("filter", TemplateVersion.V2017_02_24),
  STR_REPLACE_STRICT("str_replace_strict", TemplateVersion.V2017_02_24),
  MAKE_URL("make_url", TemplateVersion.V2017_09_01),
  LIST_CONCAT("list_concat", TemplateVersion.V2017_09_01),
  LIST_CONCAT_UNIQUE("list_concat_unique", TemplateVersion.V2017_09_01),
  STR_REPLACE_VSTRICT("str_replace_vstrict", TemplateVersion.V2017_09_01),
  CONTAINS("contains", TemplateVersion.V2017_09_01),

  FN_GET_AZS("Fn::GetAZs", TemplateVersion.V2013_05_23, TemplateVersion.V2014_10_16),
  REF("Ref", TemplateVersion.V2013_05_23, TemplateVersion.V2014_10_16),
  FN_SELECT("Fn::Select", TemplateVersion.V2013_05_23, TemplateVersion.V2015_10_15),
  FN_JOIN("Fn::Join", TemplateVersion.V2013_05_23, TemplateVersion.V2014_10_16),
  FN_SPLIT("Fn::Split", TemplateVersion.V2013_05_23, TemplateVersion.V2014_10_16),
  FN_REPLACE("Fn::Replace", TemplateVersion.V2013_05_23, TemplateVersion.V2014_10_16),
  FN_BASE64("Fn::Base64", TemplateVersion.V2013_05_23, TemplateVersion.V2014_10_16),
  FN_MEMBER_LIST_TO_MAP(
      "Fn::MemberListToMap", TemplateVersion.V2013_05_23, TemplateVersion.V2014_10_16),
  FN_RESOURCE_FACADE(
      "Fn::ResourceFacade", TemplateVersion.V2013_05_23, TemplateVersion.V2014_10_16);

  private static final Map<String, FunctionName> BY_KEYWORD =
      Stream.of(values()).collect(Collectors.toMap(FunctionName::keyword, Function.identity()));

  private final String keyword;
  private final TemplateVersion since;
  private final Optional<TemplateVersion> removed;

  FunctionName(String keyword, TemplateVersion since) {
    this.keyword = keyword;
    this.since = since;
    this.removed = Optional.empty();
  }

  FunctionName(String keyword, TemplateVersion since, TemplateVersion removed) {
    this.keyword = keyword;
    this.since = since;
    this.removed = Optional.of(removed);
  }

  String keyword() {
    return keyword;
  }

  /** The function that a key means in a version; a function that is to come is a plain key. */
  static Optional<FunctionName> of(String keyword, TemplateVersion version) {
    return Optional.ofNullable(BY_KEYWORD.get(keyword))
        .filter(function -> version.isAtLeast(function.since));
  }

  /** The version that took the function away, if the given one is not older. */
  Optional<TemplateVersion> removedIn(TemplateVersion version) {
    return removed.filter(version::isAtLeast);
  }
}
