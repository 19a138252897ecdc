package io.hotpod.engine.run;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import io.hotpod.engine.servers.Servers;

/**
 * Says that this server runs, for as long as its scheduler does. That looks for dead owners every
 * few seconds, whether it has work or not. Thread-safe.
 */
final class Presence extends AbstractSchedulerListener {
  private final Servers servers;

  Presence(Servers servers) {
    this.servers = servers;
  }

  @Override
  public void onSchedulerEvent(SchedulerEventType type) {
    if (type == SchedulerEventType.RAN_DETECT_DEAD) {
      servers.stay();
    }
  }
}
