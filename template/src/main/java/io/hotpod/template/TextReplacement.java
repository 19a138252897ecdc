package io.hotpod.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code str_replace} and its strict forms. */
final class TextReplacement {
  private TextReplacement() {}

  /** {@code str_replace: {template: text, params: map}}. */
  static JsonNode replace(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    return replace(argument.path("template"), argument.path("params"), call);
  }

  static JsonNode replace(JsonNode template, JsonNode params, PlainFunction.Call call)
      throws FunctionException {
    String name = call.keyword();
    if (!template.isString()) {
      throw new FunctionException("\"" + name + "\" template must be a string");
    }
    if (!params.isObject()) {
      throw new FunctionException("\"" + name + "\" parameters must be a mapping");
    }
    boolean veryStrict = name.equals(Language.Function.STR_REPLACE_VSTRICT.keyword());
    boolean strict = veryStrict || name.equals(Language.Function.STR_REPLACE_STRICT.keyword());
    if (veryStrict) {
      refuseEmpty(params);
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : params.properties()) {
      if (entry.getKey().isEmpty()) {
        throw new FunctionException("\"" + name + "\" params must not have an empty key");
      }
      texts.put(entry.getKey(), text(entry.getKey(), entry.getValue(), call));
    }
    TextReplacer replacer = new TextReplacer(texts, call.charge());
    String replaced = replacer.replace(template.stringValue());
    List<String> missing = replacer.notFound();
    if (strict && !missing.isEmpty()) {
      throw new FunctionException(
          "The following params were not found in the template: " + String.join(",", missing));
    }
    return JsonNodeFactory.instance.stringNode(replaced);
  }

  private static void refuseEmpty(JsonNode params) throws FunctionException {
    Map<String, JsonNode> sorted = new TreeMap<>();
    params.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
      JsonNode value = entry.getValue();
      if (!value.isNumber() && !value.isBoolean() && ListFunctions.isEmpty(value)) {
        throw new FunctionException(
            "str_replace_vstrict has an undefined or empty value for param "
                + entry.getKey()
                + ", must be a defined non-empty value");
      }
    }
  }

  private static String text(String key, JsonNode value, PlainFunction.Call call)
      throws FunctionException {
    if (value.isNull()) {
      return "";
    }
    if (!value.isContainer()) {
      return PythonText.str(value);
    }
    if (!Language.Feature.CONTAINERS_AS_TEXT.isIn(call.version())) {
      throw new FunctionException(
          "\""
              + call.keyword()
              + "\" params must be strings or numbers, param "
              + key
              + " is not valid");
    }
    return PythonText.json(value, true);
  }
}
