package io.hotpod.engine.signal;

/** What a signed URL is good for; one for one purpose is worth nothing for another. */
public enum SignedPurpose {
  /** A signal to a resource, by POST. */
  SIGNAL("signal"),
  /** A signal to a wait condition handle of CloudFormation's manner, by PUT. */
  WAIT_CONDITION("waitcondition"),
  /** An object that a machine leaves by PUT and may read by GET. */
  OBJECT("object"),
  /** The metadata of a machine, by GET. */
  METADATA("metadata");

  private final String segment;

  SignedPurpose(String segment) {
    this.segment = segment;
  }

  /** Its name in paths. */
  public String segment() {
    return segment;
  }
}
