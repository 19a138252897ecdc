package io.hotpod.document;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A document and what is doubtful about it. Immutable.
 *
 * @param warnings in the order of the text
 */
public record ReadDocument(Node root, List<Problem> warnings) {
  public ReadDocument {
    requireNonNull(root, "root is null");
    warnings = List.copyOf(warnings);
  }
}
