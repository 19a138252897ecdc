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
  private final RepeatedKeys repeatedKeys;

  /** A reader that refuses repeated keys. */
  public DocumentReader(Limits limits) {
    this(limits, RepeatedKeys.REFUSE);
  }

  /** A reader that treats repeated keys as told. */
  public DocumentReader(Limits limits, RepeatedKeys repeatedKeys) {
    this.limits = requireNonNull(limits, "limits is null");
    this.repeatedKeys = requireNonNull(repeatedKeys, "repeatedKeys is null");
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
    return readWithWarnings(file, text).root();
  }

  /**
   * Reads a text as it is in a file.
   *
   * @param bytes UTF-8
   * @throws DocumentException as {@link #read(String, String)}, and at the first byte that is not
   *     UTF-8
   */
  public Node read(String file, byte[] bytes) {
    return read(file, text(file, bytes));
  }

  /**
   * The text of a file, for those who keep it.
   *
   * @param bytes UTF-8
   * @throws DocumentException at the first byte that is not UTF-8, or when there are too many
   */
  public String text(String file, byte[] bytes) {
    if (bytes.length > limits.bytes()) {
      throw tooLarge(file);
    }
    return Utf8.decode(file, bytes);
  }

  /**
   * Reads a text and tells what is doubtful about it.
   *
   * @throws DocumentException as {@link #read(String, String)}
   */
  public ReadDocument readWithWarnings(String file, String text) {
    requireNonNull(file, "file is null");
    requireNonNull(text, "text is null");
    if (isLargerThan(text, limits.bytes())) {
      throw tooLarge(file);
    }
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (!mayBeJson(plain)) {
      return yaml(file, plain);
    }
    try {
      return new JsonReader(file, limits, repeatedKeys, plain).read(plain);
    } catch (JsonSyntaxException notJson) {
      return readAsYaml(file, plain, notJson.problem());
    }
  }

  private ReadDocument yaml(String file, String text) {
    return new YamlReader(file, limits, repeatedKeys).read(text);
  }

  private DocumentException tooLarge(String file) {
    return new DocumentException(
        new Problem(
            Optional.of(new Location(file, 1, 1)),
            "",
            "the text is larger than " + limits.bytes() + " bytes",
            Optional.empty()));
  }

  /** A flow map of YAML looks like JSON at first; of two complaints the later place says more. */
  private ReadDocument readAsYaml(String file, String text, Problem asJson) {
    try {
      return yaml(file, text);
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
