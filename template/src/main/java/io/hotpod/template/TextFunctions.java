package io.hotpod.template;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code str_split} and {@code digest}. */
final class TextFunctions {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** By the name that templates use, the names of the digests whose bytes are put together. */
  private static final Map<String, List<String>> ALGORITHMS =
      Map.ofEntries(
          Map.entry("md5", List.of("MD5")),
          Map.entry("md5-sha1", List.of("MD5", "SHA-1")),
          Map.entry("sha1", List.of("SHA-1")),
          Map.entry("sha224", List.of("SHA-224")),
          Map.entry("sha256", List.of("SHA-256")),
          Map.entry("sha384", List.of("SHA-384")),
          Map.entry("sha512", List.of("SHA-512")),
          Map.entry("sha512_224", List.of("SHA-512/224")),
          Map.entry("sha512_256", List.of("SHA-512/256")),
          Map.entry("sha3_224", List.of("SHA3-224")),
          Map.entry("sha3_256", List.of("SHA3-256")),
          Map.entry("sha3_384", List.of("SHA3-384")),
          Map.entry("sha3_512", List.of("SHA3-512")));

  private TextFunctions() {}

  /** {@code str_split: [delimiter, text, index]}; the text may be null, the index missing. */
  static JsonNode split(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    JsonNode text = argument.get(1);
    if (text.isNull()) {
      return text;
    }
    if (!text.isString()) {
      throw new FunctionException("\"str_split\" splits a string, not " + Resolver.kind(text));
    }
    List<String> pieces = pieces(argument.get(0), text.stringValue());
    call.charge().accept(text.stringValue().length() + pieces.size());
    if (argument.size() > 2) {
      return NODES.stringNode(pieces.get(index(argument.get(2), pieces.size())));
    }
    ArrayNode list = NODES.arrayNode(pieces.size());
    pieces.forEach(list::add);
    return list;
  }

  private static List<String> pieces(JsonNode delimiter, String text) throws FunctionException {
    if (delimiter.isNull()) {
      return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", 0));
    }
    if (!delimiter.isString()) {
      throw new FunctionException(
          "\"str_split\" delimiter must be a string, not " + Resolver.kind(delimiter));
    }
    return pieces(delimiter.stringValue(), text);
  }

  static List<String> pieces(String delimiter, String text) throws FunctionException {
    if (delimiter.isEmpty()) {
      throw new FunctionException("the delimiter must not be empty");
    }
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(delimiter); end >= 0; end = text.indexOf(delimiter, start)) {
      pieces.add(text.substring(start, end));
      start = end + delimiter.length();
    }
    pieces.add(text.substring(start));
    return pieces;
  }

  private static int index(JsonNode given, int size) throws FunctionException {
    BigInteger index =
        integer(given)
            .orElseThrow(
                () ->
                    new FunctionException(
                        "Incorrect index to \"str_split\" should be: \"str_split\" : [ \",\","
                            + " \"apples,pears\", <index>]"));
    BigInteger position = index.signum() < 0 ? index.add(BigInteger.valueOf(size)) : index;
    if (position.signum() < 0 || position.compareTo(BigInteger.valueOf(size)) >= 0) {
      throw new FunctionException(
          "Incorrect index to \"str_split\" should be between 0 and " + (size - 1));
    }
    return position.intValueExact();
  }

  /** Python's {@code int()}. */
  static Optional<BigInteger> integer(JsonNode given) {
    if (given.isBoolean()) {
      return Optional.of(given.booleanValue() ? BigInteger.ONE : BigInteger.ZERO);
    }
    if (given.isNumber()) {
      return Optional.of(given.decimalValue().toBigInteger());
    }
    String text = given.isString() ? given.stringValue().strip() : "";
    return text.matches("[-+]?[0-9]{1,40}") ? Optional.of(new BigInteger(text)) : Optional.empty();
  }

  /** {@code digest: [algorithm, text]}, in hexadecimal. */
  static JsonNode digest(JsonNode argument, PlainFunction.Call call) throws FunctionException {
    if (!argument.get(0).isString() || !argument.get(1).isString()) {
      throw new FunctionException("Argument to function \"digest\" must be a list of strings");
    }
    List<String> digests = ALGORITHMS.get(argument.get(0).stringValue().toLowerCase(Locale.ROOT));
    if (digests == null) {
      throw new FunctionException(
          "Algorithm must be one of " + ALGORITHMS.keySet().stream().sorted().toList());
    }
    String text = argument.get(1).stringValue();
    if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
      throw new FunctionException("\"digest\" takes text of Latin-1 characters only");
    }
    call.charge().accept(text.length());
    StringBuilder hexadecimal = new StringBuilder();
    for (String digest : digests) {
      hexadecimal.append(
          HexFormat.of().formatHex(digest(digest, text.getBytes(StandardCharsets.ISO_8859_1))));
    }
    return NODES.stringNode(hexadecimal.toString());
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has " + algorithm, impossible);
    }
  }
}
