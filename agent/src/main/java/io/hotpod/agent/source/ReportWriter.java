package io.hotpod.agent.source;

import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodReport;
import java.util.IdentityHashMap;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Writes reports. Most pods of a report are the very objects of the one before it, and are not
 * written anew. For one thread.
 */
final class ReportWriter {
  private IdentityHashMap<ObservedPod, RawValue> written = new IdentityHashMap<>();

  /** The report's JSON, in UTF-8. */
  byte[] write(PodReport report) {
    IdentityHashMap<ObservedPod, RawValue> now = new IdentityHashMap<>();
    ObjectNode json = (ObjectNode) PodJson.toTree(withoutPods(report));
    ArrayNode pods = json.putArray("pods");
    for (ObservedPod pod : report.pods()) {
      RawValue text = written.get(pod);
      if (text == null) {
        text = new RawValue(PodJson.write(pod));
      }
      now.put(pod, text);
      pods.addRawValue(text);
    }
    written = now;
    return PodJson.writeBytes(json);
  }

  private static PodReport withoutPods(PodReport report) {
    return new PodReport(
        report.session(),
        report.sequence(),
        report.desiredVersion(),
        report.time(),
        report.facts(),
        List.of(),
        report.history());
  }
}
