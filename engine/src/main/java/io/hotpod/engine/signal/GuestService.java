package io.hotpod.engine.signal;

import tools.jackson.databind.node.ObjectNode;

/**
 * What the software inside a machine may ask for, with credentials of one resource alone.
 * Thread-safe. Every refusal is an {@link io.hotpod.engine.EngineException}; wrong credentials and
 * things that are not there look alike.
 */
public interface GuestService {
  /**
   * Signals a resource with its token.
   *
   * @param details what is said; empty when nothing is
   */
  void signal(
      String project, String stackId, String resourceName, String token, ObjectNode details);
}
