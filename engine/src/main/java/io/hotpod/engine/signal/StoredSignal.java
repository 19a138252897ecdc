package io.hotpod.engine.signal;

import static java.util.Objects.requireNonNull;

import tools.jackson.databind.node.ObjectNode;

/**
 * A signal that was taken.
 *
 * @param id chosen by the sender; the same one again takes the place of the first
 * @param content what it said, without the id
 */
public record StoredSignal(String id, ObjectNode content) {
  public StoredSignal {
    requireNonNull(id, "id is null");
    requireNonNull(content, "content is null");
  }
}
