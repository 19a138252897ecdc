package io.hotpod.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things of the source tree are. */
final class Project {
  private static final Path ROOT = property("hotpod.root");

  private Project() {}

  private static Path property(String name) {
    return Path.of(System.getProperty(name, "")).toAbsolutePath().normalize();
  }

  /** The packaged command. */
  static Path launcher() {
    if (!Files.isReadable(ROOT.resolve("packaging/target/hotpod/classpath"))) {
      throw new AssertionError(
          "what the tests start is not built: run \"make build\", or Maven's \"verify\" with"
              + " packaging among the modules");
    }
    return ROOT.resolve("hotpod");
  }

  /** The directory of a module. */
  static Path module(String name) {
    return ROOT.resolve(name);
  }

  static Path document(String name) {
    return ROOT.resolve("docs").resolve(name);
  }

  static Path script(String name) {
    return ROOT.resolve("scripts").resolve(name);
  }

  /** The environment with which a stock Heat runs our templates. */
  static Path environment() {
    return ROOT.resolve("heat-environment/hotpod.yaml");
  }

  /** For state, logs and files of the tests; kept until the next run. */
  static Path work() {
    return property("hotpod.work");
  }
}
