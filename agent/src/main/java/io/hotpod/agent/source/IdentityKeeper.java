package io.hotpod.agent.source;

import io.hotpod.agent.state.Identity;
import java.io.IOException;

/** Puts an identity where it outlives the agent. */
public interface IdentityKeeper {
  /**
   * @throws IOException when it is not there for certain; the older one is there then
   */
  void keep(Identity identity) throws IOException;
}
