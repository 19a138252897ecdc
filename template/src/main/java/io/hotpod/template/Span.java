package io.hotpod.template;

import java.util.Optional;

/**
 * The versions in which something is part of the language.
 *
 * @param since the first version; empty when no version has it
 * @param removed the first version without it again
 */
record Span(Optional<TemplateVersion> since, Optional<TemplateVersion> removed) {
  private static final String KEY = "heat_template_version ";

  static Span since(TemplateVersion since) {
    return new Span(Optional.of(since), Optional.empty());
  }

  static Span between(TemplateVersion since, TemplateVersion removed) {
    return new Span(Optional.of(since), Optional.of(removed));
  }

  static Span never() {
    return new Span(Optional.empty(), Optional.empty());
  }

  boolean has(TemplateVersion version) {
    return since.map(version::isAtLeast).orElse(false)
        && !removed.map(version::isAtLeast).orElse(false);
  }

  /** Such as {@code heat_template_version 2015-04-30 or newer}; {@code no version} for none. */
  String words() {
    if (since.isEmpty()) {
      return "no version";
    }
    TemplateVersion first = since.orElseThrow();
    if (removed.isEmpty()) {
      return KEY + first.date() + " or newer";
    }
    TemplateVersion last = removed.orElseThrow().before();
    return last == first
        ? KEY + first.date() + " only"
        : KEY + first.date() + " to " + last.date() + " only";
  }
}
