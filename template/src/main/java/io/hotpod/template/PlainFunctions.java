package io.hotpod.template;

import java.util.List;
import java.util.Optional;

/** The functions whose value depends on their argument alone. */
final class PlainFunctions {
  private static final int ANY = Integer.MAX_VALUE;

  private PlainFunctions() {}

  /** How a function works in a version; empty when it looks at more than its argument. */
  static Optional<PlainFunction> of(Language.Function function, TemplateVersion version) {
    return switch (function) {
      case LIST_JOIN -> plain(join(version), ListFunctions::join);
      case LIST_CONCAT -> plain(concat(function), ListFunctions::concat);
      case LIST_CONCAT_UNIQUE -> plain(concat(function), ListFunctions::concatUnique);
      case FILTER -> plain(filter(), ListFunctions::filter);
      case CONTAINS -> plain(contains(), ListFunctions::contains);
      case STR_REPLACE, STR_REPLACE_STRICT, STR_REPLACE_VSTRICT ->
          plain(replace(function), TextReplacement::replace);
      case STR_SPLIT -> plain(split(), TextFunctions::split);
      case DIGEST -> plain(digest(), TextFunctions::digest);
      case REPEAT -> plain(repeat(), Repetition::repeat);
      case MAP_MERGE -> plain(merge(), MapFunctions::merge);
      case MAP_REPLACE -> plain(mapReplace(), MapFunctions::replace);
      case MAKE_URL -> plain(url(), UrlMaker::make);
      case YAQL -> plain(yaql(), YaqlFunction::evaluate);
      case FN_JOIN -> plain(fnJoin(), ListFunctions::join);
      case FN_SELECT -> plain(select(), OlderFunctions::select);
      case FN_SPLIT -> plain(fnSplit(), OlderFunctions::split);
      case FN_REPLACE -> plain(fnReplace(), OlderFunctions::replace);
      case FN_BASE64 -> plain(new ArgumentShape.Anything(), OlderFunctions::base64);
      case FN_MEMBER_LIST_TO_MAP -> plain(members(), OlderFunctions::memberListToMap);
      case GET_PARAM, GET_RESOURCE, GET_ATTR, GET_FILE, RESOURCE_FACADE, IF -> Optional.empty();
      case REF, FN_GET_AZS, FN_RESOURCE_FACADE -> Optional.empty();
      case EQUALS, NOT, AND, OR -> Optional.empty();
    };
  }

  private static Optional<PlainFunction> plain(ArgumentShape shape, PlainFunction.Body body) {
    return Optional.of(new PlainFunction(shape, body));
  }

  private static ArgumentShape join(TemplateVersion version) {
    boolean several = Language.Feature.SEVERAL_LISTS_TO_JOIN.isIn(version);
    String words =
        "Incorrect arguments to \"list_join\" should be: \"list_join\" : [ \" \", [ \"str1\","
            + (several ? " \"str2\"] ...]" : " \"str2\"]]");
    return ArgumentShape.writtenItems(2, several ? ANY : 2, words, words);
  }

  private static ArgumentShape fnJoin() {
    String words =
        "Incorrect arguments to \"Fn::Join\" should be: \"Fn::Join\" : [ \" \", [ \"str1\","
            + " \"str2\"]]";
    return ArgumentShape.writtenItems(2, 2, words, words);
  }

  private static ArgumentShape concat(Language.Function function) {
    return ArgumentShape.items(
        0,
        ANY,
        "Incorrect arguments to \"%s\" should be: \"%s\" : [ [ <value 1>, <value 2> ], [ <value 3>, <value 4> ] ]"
            .formatted(function.keyword(), function.keyword()));
  }

  private static ArgumentShape filter() {
    return ArgumentShape.writtenItems(
        2,
        2,
        "Argument to \"filter\" must be a list",
        "\"filter\" expected 2 arguments of the form [values, sequence]");
  }

  private static ArgumentShape contains() {
    return ArgumentShape.writtenItems(
        2,
        2,
        "Incorrect arguments to \"contains\" should be: \"contains\" : [ \"value1\", [ \"value1\", \"value2\"]]",
        "Arguments to \"contains\" must be of the form: [value1, [value1, value2]]");
  }

  private static ArgumentShape replace(Language.Function function) {
    String name = function.keyword();
    return new ArgumentShape.Keys(
        List.of("template", "params"),
        List.of(),
        "Arguments to \"" + name + "\" must be a map",
        "\"" + name + "\" needs \"template\" and \"params\"");
  }

  private static ArgumentShape repeat() {
    return new ArgumentShape.Keys(
        List.of("template", "for_each"),
        List.of("permutations"),
        "Arguments to \"repeat\" must be a map",
        "\"repeat\" needs \"template\" and \"for_each\"");
  }

  private static ArgumentShape yaql() {
    return new ArgumentShape.Keys(
        List.of("expression"),
        List.of("data"),
        "Arguments to \"yaql\" must be a map.",
        "\"yaql\" needs \"expression\"");
  }

  private static ArgumentShape url() {
    return new ArgumentShape.Keys(
        List.of(),
        List.of("scheme", "username", "password", "host", "port", "path", "query", "fragment"),
        "The arguments to \"make_url\" must be a map",
        "");
  }

  private static ArgumentShape split() {
    return ArgumentShape.items(
        2,
        ANY,
        "Incorrect arguments to \"str_split\" should be: \"str_split\" : [ \",\", \"apples,pears\", <index>]");
  }

  private static ArgumentShape digest() {
    return new ArgumentShape.Items(
        2,
        2,
        false,
        "Argument to function \"digest\" must be a list of strings",
        "Function \"digest\" usage: [\"<algorithm>\", \"<value>\"]");
  }

  private static ArgumentShape merge() {
    return ArgumentShape.items(
        0,
        ANY,
        "Incorrect arguments to \"map_merge\" should be: \"map_merge\" : [ { \"key1\": \"val1\" }, { \"key2\": \"val2\" } ]");
  }

  private static ArgumentShape mapReplace() {
    return ArgumentShape.items(
        2,
        2,
        "Incorrect arguments to \"map_replace\" should be: \"map_replace\" : [ { \"key1\": \"val1\" }, {\"keys\": {\"key1\": \"key2\"}, \"values\": {\"val1\": \"val2\"}}]");
  }

  private static ArgumentShape select() {
    String words = "Arguments to \"Fn::Select\" must be of the form [index, collection]";
    return ArgumentShape.writtenItems(2, 2, words, words);
  }

  private static ArgumentShape fnSplit() {
    String words =
        "Incorrect arguments to \"Fn::Split\" should be: \"Fn::Split\" : [ \",\", \"str1,str2\"]]";
    return ArgumentShape.writtenItems(2, 2, words, words);
  }

  private static ArgumentShape fnReplace() {
    String words =
        "Incorrect arguments to \"Fn::Replace\" should be: {\"Fn::Replace\": [ {\"$var1\": \"foo\", \"%var2%\": \"bar\"}, \"$var1 is %var2%\"]}";
    return ArgumentShape.writtenItems(2, 2, words, words);
  }

  private static ArgumentShape members() {
    String words =
        "Incorrect arguments to \"Fn::MemberListToMap\" should be: \"Fn::MemberListToMap\" : [ \"Name\", \"Value\", [\".member.0.Name=key\", \".member.0.Value=value\"]]";
    return ArgumentShape.writtenItems(3, 3, words, words);
  }
}
