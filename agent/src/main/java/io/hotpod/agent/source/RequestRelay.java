package io.hotpod.agent.source;

import io.hotpod.agent.runtime.LogQuery;
import io.hotpod.agent.runtime.LogsUnavailableException;
import io.hotpod.agent.runtime.Loop;
import io.hotpod.agent.runtime.PodRuntime;
import io.hotpod.agent.runtime.Threads;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers questions about the output of containers and runs commands in them, each on a thread. */
public final class RequestRelay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RequestRelay.class);
  private static final int AT_ONCE = 16;
  private static final Duration EXEC_IDLE = Duration.ofHours(1);

  private final Source source;
  private final PodRuntime runtime;
  private final RetryPause pause;
  private final Semaphore slots = new Semaphore(AT_ONCE);
  private final Map<String, Thread> answering = new ConcurrentHashMap<>();
  private final Thread thread;

  public RequestRelay(Source source, PodRuntime runtime, RandomGenerator random) {
    this.source = source;
    this.runtime = runtime;
    this.pause = new RetryPause(random);
    thread = Loop.unstarted("requests", this::once);
  }

  public void start() {
    thread.start();
  }

  private void once() throws InterruptedException {
    try {
      for (AgentRequest request : source.requests()) {
        slots.acquire();
        Thread answer =
            Thread.ofVirtual().name("request-" + request.id()).unstarted(() -> answer(request));
        answering.put(request.id(), answer);
        answer.start();
      }
      pause.reset();
    } catch (SourceException e) {
      LOG.debug("{}", e.getMessage());
      Thread.sleep(pause.next());
    }
  }

  private void answer(AgentRequest request) {
    try {
      source.answer(
          request,
          output -> {
            switch (request.kind()) {
              case "logs" -> runtime.logs(logQuery(request), output);
              case "exec" -> new ExecAnswer(source, runtime, request, EXEC_IDLE).write(output);
              default ->
                  throw new LogsUnavailableException(
                      "this agent does not know requests of kind " + request.kind());
            }
          });
    } catch (SourceException e) {
      LOG.debug("{}", e.getMessage());
    } catch (InterruptedException e) {
      LOG.debug("request {} is answered no further", request.id());
    } finally {
      answering.remove(request.id());
      slots.release();
    }
  }

  private static LogQuery logQuery(AgentRequest request) {
    return new LogQuery(request.podId(), request.container(), request.tail(), request.follow());
  }

  @Override
  public void close() {
    answering.values().forEach(Thread::interrupt);
    Threads.end(thread);
  }
}
