package io.hotpod.pod.manifest;

import io.hotpod.document.Node;
import java.util.IdentityHashMap;

/**
 * A manifest in which stand-ins of the declared types hold the places of inputs that have no value
 * yet.
 *
 * @param unknown the stand-ins, by identity
 */
record Placeholders(Node document, IdentityHashMap<Node, InputType> unknown) {}
