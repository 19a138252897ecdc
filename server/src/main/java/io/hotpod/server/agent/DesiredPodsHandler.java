package io.hotpod.server.agent;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodJson;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.LongPolls;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.time.Duration;
import java.util.Optional;

/** The desired pods of an instance, once they are others than the agent has. */
final class DesiredPodsHandler implements Handler {
  private static final HeaderName PREFER = HeaderNames.create("Prefer");
  private static final String WAIT = "wait=";
  private static final long NO_VERSION = -1;

  private final InstanceService instances;
  private final LongPolls longPolls;
  private final Duration longestWait;

  DesiredPodsHandler(InstanceService instances, LongPolls longPolls, Duration longestWait) {
    this.instances = instances;
    this.longPolls = longPolls;
    this.longestWait = longestWait;
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    InstanceCredential.Shown shown = InstanceCredential.identify(request, instances);
    String instance = shown.instanceId();
    long known = request.header(HeaderNames.IF_NONE_MATCH).map(this::version).orElse(NO_VERSION);
    Duration wait = request.header(PREFER).map(this::waiting).orElse(Duration.ZERO);
    Optional<DesiredPods> desired =
        longPolls.ask(wait, time -> instances.awaitDesired(instance, known, time));
    return shown.remind(
        desired
            .map(
                pods ->
                    Response.jsonText(200, PodJson.write(pods))
                        .with("ETag", "\"" + pods.version() + "\"")
                        // An answer that went astray is not obeyed by another instance.
                        .with("Hotpod-Instance", instance)
                        // Nor is one that lost pods on its way.
                        .with("Hotpod-Pods", Integer.toString(pods.pods().size()))
                        .with("Cache-Control", "no-store"))
            .orElseGet(() -> Response.empty(304)));
  }

  private long version(String entityTag) {
    String digits = entityTag.strip().replace("\"", "");
    try {
      long version = Long.parseLong(digits);
      if (version >= 0) {
        return version;
      }
    } catch (NumberFormatException notAVersion) {
      throw badVersion(entityTag);
    }
    throw badVersion(entityTag);
  }

  private static ApiException badVersion(String entityTag) {
    return ApiException.badRequest(
        "If-None-Match takes the ETag of an earlier answer, not %s.".formatted(entityTag));
  }

  private Duration waiting(String preference) {
    for (String part : preference.split(",", -1)) {
      String trimmed = part.strip();
      if (trimmed.startsWith(WAIT)) {
        return seconds(trimmed.substring(WAIT.length()));
      }
    }
    return Duration.ZERO;
  }

  private Duration seconds(String digits) {
    try {
      int seconds = Integer.parseInt(digits);
      return Duration.ofSeconds(Math.clamp(seconds, 0, longestWait.toSeconds()));
    } catch (NumberFormatException notANumber) {
      throw ApiException.badRequest("Prefer: wait takes whole seconds.");
    }
  }
}
