package io.hotpod.template;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The functions that the first version took over from CloudFormation, and later ones dropped. */
final class OlderFunctions {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern MEMBER =
      Pattern.compile("\\.member\\.([0-9]{1,9})\\.([^=]*)=(.*)", Pattern.DOTALL);

  private OlderFunctions() {}

  /** {@code Fn::Select: [index or key, list or map or JSON]}; what is not there is empty. */
  static JsonNode select(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    JsonNode collection = parsed(argument.get(1));
    if (collection.isNull()) {
      return NODES.stringNode("");
    }
    if (collection.isObject()) {
      JsonNode key = argument.get(0);
      JsonNode value = collection.path(key.isContainer() ? "" : PythonText.str(key));
      return value.isMissingNode() ? NODES.stringNode("") : value;
    }
    if (!collection.isArray()) {
      throw new FunctionException("\"Fn::Select\" takes a list or a map");
    }
    Optional<BigInteger> index = TextFunctions.integer(argument.get(0));
    if (index.isEmpty()) {
      throw new FunctionException("Index to \"Fn::Select\" must be an integer");
    }
    BigInteger size = BigInteger.valueOf(collection.size());
    BigInteger position = index.get().signum() < 0 ? index.get().add(size) : index.get();
    return position.signum() < 0 || position.compareTo(size) >= 0
        ? NODES.stringNode("")
        : collection.get(position.intValueExact());
  }

  private static JsonNode parsed(JsonNode collection) throws FunctionException {
    if (!collection.isString()) {
      return collection;
    }
    if (collection.stringValue().isEmpty()) {
      return NODES.nullNode();
    }
    try {
      return JsonMapper.shared().readTree(collection.stringValue());
    } catch (JacksonException notJson) {
      // The parser's own words would quote the value, which may be secret.
      throw new FunctionException("\"Fn::Select\" was given a string that is not JSON");
    }
  }

  /** {@code Fn::Split: [delimiter, text]}. */
  static JsonNode split(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    if (!argument.get(0).isString()) {
      throw new FunctionException("Delimiter for Fn::Split must be string");
    }
    if (!argument.get(1).isString()) {
      throw new FunctionException(
          "String to split must be string; got " + Resolver.kind(argument.get(1)));
    }
    String text = argument.get(1).stringValue();
    call.charge().accept(text.length());
    ArrayNode pieces = NODES.arrayNode();
    TextFunctions.pieces(argument.get(0).stringValue(), text).forEach(pieces::add);
    return pieces;
  }

  /** {@code Fn::Replace: [params, template]}. */
  static JsonNode replace(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    return TextReplacement.replace(argument.get(1), argument.get(0), call);
  }

  /** {@code Fn::Base64: text}: whoever needs it encoded encodes it. */
  static JsonNode base64(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    if (!argument.isString()) {
      throw new FunctionException("\"Fn::Base64\" argument must be a string");
    }
    return argument;
  }

  /** {@code Fn::MemberListToMap: [name key, value key, [.member.0.Name=x, …]]}. */
  static JsonNode memberListToMap(JsonNode argument, PlainFunction.Call call)
      throws FunctionException {
    JsonNode members = argument.get(2);
    if (!members.isArray() || !argument.get(0).isString() || !argument.get(1).isString()) {
      throw new FunctionException("\"Fn::MemberListToMap\" takes two strings and a list");
    }
    SortedMap<Integer, Map<String, String>> parts = new TreeMap<>();
    for (JsonNode member : members) {
      if (!member.isString()) {
        throw new FunctionException("Member list items must be strings");
      }
      if (member.stringValue().indexOf('=') < 0) {
        throw new FunctionException("Member list items must be of the form key=value");
      }
      Matcher matcher = MEMBER.matcher(member.stringValue());
      if (matcher.matches()) {
        parts
            .computeIfAbsent(Integer.valueOf(matcher.group(1)), number -> new TreeMap<>())
            .put(matcher.group(2), matcher.group(3));
      }
    }
    ObjectNode map = NODES.objectNode();
    for (Map<String, String> part : parts.values()) {
      String name = part.get(argument.get(0).stringValue());
      String value = part.get(argument.get(1).stringValue());
      if (name != null && value != null) {
        map.put(name, value);
      }
    }
    call.charge().accept(members.size());
    return map;
  }
}
