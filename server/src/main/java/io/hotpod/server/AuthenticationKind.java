package io.hotpod.server;

/** How the server finds out who asks. */
public enum AuthenticationKind {
  /** Not at all; only where nobody but this machine can reach it. */
  NONE
}
