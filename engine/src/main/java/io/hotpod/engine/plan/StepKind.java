package io.hotpod.engine.plan;

/** What a step does to its resource. */
public enum StepKind {
  NONE,
  CREATE,
  UPDATE,
  REPLACE,
  DELETE
}
