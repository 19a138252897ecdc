package io.hotpod.template.pattern;

/** The words for what this engine does not do. */
final class Refusals {
  private Refusals() {}

  static String notLinear(String construct) {
    return construct
        + " is not supported: patterns run in linear time here. Supported are literals, sets,"
        + " classes, groups, alternatives, quantifiers, anchors and flags";
  }
}
