package io.hotpod.template;

import java.util.Map;

/**
 * A template as it was handed in.
 *
 * @param name what places call the text: a path, a URL, or {@code template}
 * @param text YAML or JSON
 * @param files contents by the key that {@code get_file} uses
 */
public record TemplateSource(String name, String text, Map<String, String> files) {
  public TemplateSource {
    files = Map.copyOf(files);
  }

  /** Leaves out the contents, which may be large and secret. */
  @Override
  public String toString() {
    return "TemplateSource[" + name + "]";
  }
}
