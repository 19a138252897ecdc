package io.hotpod.engine.run;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import io.hotpod.engine.servers.Servers;

/**
 * Says that this server runs, for as long as its scheduler does, and keeps its time. That looks for
 * dead owners every few seconds, whether it has work or not. Thread-safe.
 */
final class Presence extends AbstractSchedulerListener {
  private final Servers servers;
  private final QueueTime time;

  Presence(Servers servers, QueueTime time) {
    this.servers = servers;
    this.time = time;
  }

  @Override
  public void onSchedulerEvent(SchedulerEventType type) {
    if (type == SchedulerEventType.RAN_DETECT_DEAD) {
      time.agree();
      servers.stay();
    }
  }
}
