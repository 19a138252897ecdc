package io.hotpod.agent.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodHistory;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodReport;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Optional;

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
    byte[] head = PodJson.writeBytes(Head.of(report));
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

  /** A report but for its pods. */
  private record Head(
      String session,
      long sequence,
      long desiredVersion,
      Instant time,
      InstanceFacts facts,
      Optional<PodHistory> history) {
    static Head of(PodReport report) {
      return new Head(
          report.session(),
          report.sequence(),
          report.desiredVersion(),
          report.time(),
          report.facts(),
          report.history());
    }
  }
}
