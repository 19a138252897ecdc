package io.hotpod.pod;

/** How a changed pod takes the place of the old one. */
public enum UpdateStrategy {
  /** The old pod is gone before the new one is created. */
  RECREATE,
  /** The new pod is ready before the old one is removed. */
  START_FIRST
}
