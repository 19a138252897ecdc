package io.hotpod.testing.kubelet;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * What a container does, told by the name of its image: {@code lab.local/exits-3:1} is started
 * again and again. Images of other names run.
 */
public enum Behaviour {
  RUNS,
  /** Runs, and ends only when it is killed after its grace period. */
  IGNORES_TERM,
  NEVER_READY,
  FAILS_LIVENESS,
  EXITS_0,
  EXITS_3,
  EXITS_5,
  EXITS_7,
  COMMAND_NOT_FOUND,
  OUT_OF_MEMORY,
  NOT_PULLABLE,
  NEVER_PULLED,
  BAD_NAME;

  /** The image that makes a container behave so. */
  public String image() {
    return "lab.local/" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ":1";
  }

  static Behaviour of(JsonNode container) {
    String image = container.path("image").asString("");
    for (Behaviour behaviour : values()) {
      String name = behaviour.image();
      if (image.startsWith(name.substring(0, name.length() - 1))) {
        return behaviour;
      }
    }
    return RUNS;
  }

  int exitCode() {
    return switch (this) {
      case EXITS_3 -> 3;
      case EXITS_5 -> 5;
      case EXITS_7 -> 7;
      case OUT_OF_MEMORY -> 137;
      case COMMAND_NOT_FOUND -> 128;
      case RUNS, IGNORES_TERM, NEVER_READY, FAILS_LIVENESS, EXITS_0 -> 0;
      case NOT_PULLABLE, NEVER_PULLED, BAD_NAME -> 0;
    };
  }
}
