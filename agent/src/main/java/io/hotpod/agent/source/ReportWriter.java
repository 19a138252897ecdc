package io.hotpod.agent.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodReport;
import java.io.ByteArrayOutputStream;
import java.util.IdentityHashMap;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes reports. Most pods of a report are the very objects of the one before it, and are not
 * written anew: their text is put into its place as it is. For one thread.
 */
final class ReportWriter {
  private static final byte[] PODS = ",\"pods\":[".getBytes(UTF_8);
  private static final byte[] END = "]}".getBytes(UTF_8);

  private IdentityHashMap<ObservedPod, byte[]> written = new IdentityHashMap<>();

  /** The report's JSON, in UTF-8. */
  byte[] write(PodReport report) {
    IdentityHashMap<ObservedPod, byte[]> now = new IdentityHashMap<>();
    ObjectNode others = (ObjectNode) PodJson.toTree(withoutPods(report));
    others.remove("pods");
    byte[] head = PodJson.writeBytes(others);
    ByteArrayOutputStream text = new ByteArrayOutputStream(head.length + 2048);
    // All but the bracket that ends it.
    text.write(head, 0, head.length - 1);
    text.writeBytes(PODS);
    for (ObservedPod pod : report.pods()) {
      byte[] known = written.get(pod);
      byte[] bytes = known == null ? PodJson.writeBytes(pod) : known;
      if (!now.isEmpty()) {
        text.write(',');
      }
      now.put(pod, bytes);
      text.writeBytes(bytes);
    }
    text.writeBytes(END);
    written = now;
    return text.toByteArray();
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
