package io.hotpod.engine.run;

/** One step of an operation. */
sealed interface Node {
  /** Names the node within its operation, also after a restart. */
  String key();

  /** Brings a name of the template in line with it. */
  record Apply(String name) implements Node {
    @Override
    public String key() {
      return "apply:" + name;
    }
  }

  /** Makes a physical resource go, unless it turned out to be still wanted. */
  record Clean(String resourceId) implements Node {
    @Override
    public String key() {
      return "clean:" + resourceId;
    }
  }

  /** Suspends, resumes or checks a resource, or takes a snapshot of it. */
  record Touch(String name) implements Node {
    @Override
    public String key() {
      return "touch:" + name;
    }
  }
}
