package io.hotpod.template;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What an expression comes to. */
public sealed interface Resolution {
  /** Its value. */
  record Known(JsonNode value) implements Resolution {}

  /** Nothing yet; the resources whose values it needs. */
  record Unknown(Set<String> waitsFor) implements Resolution {}
}
