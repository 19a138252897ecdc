package io.hotpod.template.schema;

/** What may be said of a property with one word. */
public enum PropertyFlag {
  /** It must be given. */
  REQUIRED,
  /** A change is made in place; otherwise it replaces the resource. */
  UPDATE_ALLOWED,
  /** A change is refused. */
  IMMUTABLE,
  /**
   * A list may come as text with commas, a map as text or as a list: how the parameters of a
   * template that is used as a resource type take their values.
   */
  CONVERTIBLE,
  /** Its values are never shown. */
  HIDDEN
}
