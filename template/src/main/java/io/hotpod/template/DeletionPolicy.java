package io.hotpod.template;

/** What becomes of the real thing when its resource leaves the stack. */
public enum DeletionPolicy {
  /** It is deleted. */
  DELETE,
  /** It is left alone. */
  RETAIN
}
