package io.hotpod.engine.instance;

/** What becomes of a credential that an agent shows. */
public enum Authenticity {
  /** It is not the instance's, or not any more. */
  REFUSED,
  /** It was the instance's, and was not renewed in time. */
  EXPIRED,
  /** It is the instance's. */
  GOOD,
  /** The same, and it is time to renew it. */
  AGEING;

  /** Whether the agent is let in. */
  public boolean isGood() {
    return this == GOOD || this == AGEING;
  }
}
