package io.hotpod.document;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A piece of a document that remembers where it stood. Immutable. */
public sealed interface Node permits MappingNode, SequenceNode, ScalarNode {
  /** Where the node begins; empty when it was made from a value and not from a text. */
  Optional<Location> location();

  /** The plain value. Mapping keys become strings; order is kept. */
  JsonNode toJson();

  /** What people call this kind of node: {@code a map}, {@code a list}, {@code a string} … */
  String kind();
}
