package io.hotpod.engine.run;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import io.hotpod.engine.servers.Servers;

/**
 * Says that this server runs, for as long as its scheduler does, keeps its time, and asks what it
 * may not have been told. The scheduler looks for dead owners every few seconds, whether it has
 * work or not, and this goes with it. Thread-safe.
 */
final class Presence extends AbstractSchedulerListener {
  private final Servers servers;
  private final QueueTime time;
  private final Runnable lookAgain;

  Presence(Servers servers, QueueTime time, Runnable lookAgain) {
    this.servers = servers;
    this.time = time;
    this.lookAgain = lookAgain;
  }

  @Override
  public void onSchedulerEvent(SchedulerEventType type) {
    if (type == SchedulerEventType.RAN_DETECT_DEAD) {
      time.agree();
      servers.stay();
      lookAgain.run();
    }
  }
}
