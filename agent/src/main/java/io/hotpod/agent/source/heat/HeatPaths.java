package io.hotpod.agent.source.heat;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Paths of Heat's API. */
final class HeatPaths {
  private HeatPaths() {}

  /**
   * A resource of a stack.
   *
   * @param stackId {@code NAME/UUID}
   */
  static String resource(String stackId, String resourceName) {
    String stack =
        Arrays.stream(stackId.split("/", -1))
            .map(SignatureV2::encode)
            .collect(Collectors.joining("/"));
    return "/stacks/" + stack + "/resources/" + SignatureV2.encode(resourceName);
  }
}
