package io.hotpod.agent;

import java.util.Optional;

/** The agent's own version, as its archive says. */
final class Version {
  static final String TEXT =
      Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
          .orElse("development");

  private Version() {}
}
