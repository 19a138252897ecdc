package io.hotpod.document;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Reads one YAML or JSON document into nodes that know their place.
 *
 * <p>Scalars resolve as PyYAML's safe loader resolves them (YAML 1.1: {@code yes} and {@code 0755}
 * are a boolean and a number), except that dates and times stay text, as in Heat. A text that is
 * JSON is read by JSON's rules. Infinities and not-a-number are refused, because JSON has no way to
 * carry them onwards.
 *
 * <p>Immutable; may be used by many threads at once.
 */
public final class DocumentReader {
  private final Limits limits;

  public DocumentReader(Limits limits) {
    this.limits = requireNonNull(limits, "limits is null");
  }

  /**
   * Reads a text.
   *
   * @param file the name that problems give to the text
   * @param text the whole text, holding exactly one document
   * @throws DocumentException when the text is no valid document, is empty, repeats a key, or
   *     exceeds the limits; every problem carries its place
   */
  public Node read(String file, String text) {
    requireNonNull(file, "file is null");
    requireNonNull(text, "text is null");
    if (isLargerThan(text, limits.bytes())) {
      throw new DocumentException(
          new Problem(
              Optional.of(new Location(file, 1, 1)),
              "",
              "the text is larger than " + limits.bytes() + " bytes",
              Optional.empty()));
    }
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (!mayBeJson(plain)) {
      return new YamlReader(file, limits).read(plain);
    }
    try {
      return new JsonReader(file, limits, plain).read(plain);
    } catch (JsonSyntaxException notJson) {
      return readAsYaml(file, plain, notJson.problem());
    }
  }

  /** A flow map of YAML looks like JSON at first; of two complaints the later place says more. */
  private Node readAsYaml(String file, String text, Problem asJson) {
    try {
      return new YamlReader(file, limits).read(text);
    } catch (DocumentException asYaml) {
      Problem last = asYaml.problems().getLast();
      if (Places.isAfter(asJson.location(), last.location())) {
        throw new DocumentException(asJson);
      }
      throw asYaml;
    }
  }

  private static boolean mayBeJson(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c == '{' || c == '[';
      }
    }
    return false;
  }

  /** Counts UTF-8 bytes without making them. */
  private static boolean isLargerThan(String text, int bytes) {
    if (text.length() > bytes) {
      return true;
    }
    long size = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      size += c < 0x80 ? 1 : (c < 0x800 || Character.isSurrogate(c)) ? 2 : 3;
    }
    return size > bytes;
  }
}
