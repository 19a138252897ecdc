package io.hotpod.server.instance;

import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.stack.Caller;
import io.hotpod.pod.exec.ExecFrame;
import io.hotpod.pod.exec.ExecFrames;
import io.hotpod.server.agent.ExecQuery;
import io.hotpod.server.agent.ExecStream;
import io.hotpod.server.agent.Relay;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Commands that people run in containers. */
final class PodExecHandlers {
  private static final String SESSION = "Hotpod-Session";
  private static final int LONGEST_INPUT = 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Set<ExecFrame.Kind> FROM_PEOPLE =
      Set.of(ExecFrame.Kind.INPUT, ExecFrame.Kind.END_OF_INPUT, ExecFrame.Kind.RESIZE);

  private final InstanceService instances;
  private final Callers callers;
  private final Relay relay;

  PodExecHandlers(InstanceService instances, Callers callers, Relay relay) {
    this.instances = instances;
    this.callers = callers;
    this.relay = relay;
  }

  /** Runs one; the answer is what it says, in frames, and its header names the conversation. */
  Response run(Request request) throws InterruptedException {
    callers.refuseKey(request);
    Caller caller = callers.of(request);
    ExecRequest asked = ExecRequest.read(request.requiredBody());
    RunningPod running =
        RunningPod.find(
            instances,
            caller,
            request.variable("name"),
            asked.container(),
            "nothing can be run in it; that is possible again",
            "no command can be run there");
    ExecQuery query =
        new ExecQuery(
            running.pod().id(),
            running.container(),
            asked.command(),
            asked.input(),
            asked.terminal(),
            asked.rows(),
            asked.columns());
    ExecStream command = relay.open(running.instance().id(), query);
    boolean begun = false;
    try {
      command.begin(running.instance().name());
      begun = true;
    } finally {
      if (!begun) {
        command.close();
      }
    }
    Response.StreamWriter writer =
        out -> {
          try (command) {
            command.copyTo(out);
          }
        };
    return new Response(
        200,
        Map.of(SESSION, command.id()),
        new Response.Body.Stream("application/octet-stream", writer));
  }

  /** Hands input to one: whole frames. */
  Response input(Request request) throws InterruptedException {
    byte[] bytes = request.bytes(LONGEST_INPUT);
    requireFrames(bytes);
    String pod = instances.pod(callers.of(request), request.variable("name")).id();
    if (!relay.input(pod, request.variable("session"), bytes, PATIENCE)) {
      throw new ApiException(404, "EntityNotFound", "The command has ended, or there was none.");
    }
    return Response.empty(204);
  }

  private static void requireFrames(byte[] bytes) {
    ExecFrames frames = new ExecFrames();
    try {
      boolean fitting =
          frames.add(bytes, 0, bytes.length).stream()
              .allMatch(frame -> FROM_PEOPLE.contains(frame.kind()));
      if (!fitting || frames.isPartial() || bytes.length == 0) {
        throw ApiException.badRequest(
            "The body has to be whole frames of input, its end, or another size of the screen.");
      }
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("The body has to be frames: " + e.getMessage() + ".");
    }
  }
}
