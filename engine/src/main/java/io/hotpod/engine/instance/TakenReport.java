package io.hotpod.engine.instance;

import io.hotpod.engine.stack.StackSecrets;
import io.hotpod.engine.store.InstanceTable;
import io.hotpod.engine.store.PodTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What an agent's report was good for.
 *
 * @param topics to be woken
 * @param news whether it says anything that the one before did not
 */
record TakenReport(List<String> topics, boolean news) {
  TakenReport {
    topics = List.copyOf(topics);
  }

  /**
   * Writes a report down, unless it is older than the last.
   *
   * @param secrets what of it is not to be told
   */
  static TakenReport of(
      Handle handle,
      InstanceTable.Row instance,
      PodReport report,
      StackSecrets.Look secrets,
      Instant now) {
    boolean stale =
        instance.session().equals(report.session()) && report.sequence() <= instance.sequence();
    if (stale) {
      return new TakenReport(List.of(), false);
    }
    boolean back =
        instance
            .lastSeenAt()
            .filter(time -> time.isAfter(now.minus(StoredInstanceService.SILENCE)))
            .isEmpty();
    TakenReport stored = store(handle, instance.id(), report, secrets, now);
    return new TakenReport(stored.topics(), stored.news() || back);
  }

  private static TakenReport store(
      Handle handle, String instanceId, PodReport report, StackSecrets.Look secrets, Instant now) {
    InstanceTable.reported(
        handle,
        instanceId,
        report.session(),
        report.sequence(),
        report.desiredVersion(),
        report.facts().ahead(Duration.between(now, report.time())),
        now);
    Map<PodKey, ObservedPod> before = new HashMap<>();
    PodTable.observedOfInstance(handle, instanceId)
        .forEach(row -> before.put(PodKey.of(row.pod()), row.pod()));
    boolean news = false;
    for (ObservedPod pod : report.pods()) {
      if (!pod.equals(before.remove(PodKey.of(pod)))) {
        PodTable.saveObserved(handle, instanceId, pod, now);
        news = true;
      }
    }
    before.values().forEach(gone -> PodTable.deleteObserved(handle, instanceId, gone));
    List<String> topics = new ArrayList<>(List.of(Topics.reports(instanceId)));
    report
        .history()
        .map(
            new HistoryEvents(
                    handle, instanceId, secrets, now, Duration.between(now, report.time()))
                ::write)
        .ifPresent(stacks -> stacks.forEach(stack -> topics.add(Topics.events(stack))));
    return new TakenReport(topics, news || !before.isEmpty());
  }

  private record PodKey(String id, ModificationToken token) {
    static PodKey of(ObservedPod pod) {
      return new PodKey(pod.id(), pod.token());
    }
  }
}
