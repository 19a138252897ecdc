package io.hotpod.agent.source;

import static java.util.Objects.requireNonNull;

import io.hotpod.agent.runtime.ExecLine;
import io.hotpod.agent.runtime.ExecQuery;
import io.hotpod.agent.runtime.ExecUnavailableException;
import io.hotpod.agent.runtime.PodRuntime;
import io.hotpod.agent.runtime.Threads;
import io.hotpod.pod.exec.ExecFrame;
import io.hotpod.pod.exec.ExecFrames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command that a person runs: takes what it writes to the person, and back what is said. */
final class ExecAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(ExecAnswer.class);

  /** Shorter than what proxies on the way let a silent line stand. */
  private static final Duration ALIVE = Duration.ofSeconds(20);

  private final Source source;
  private final PodRuntime runtime;
  private final AgentRequest request;
  private final Duration idle;

  /**
   * @param idle how long neither side may say anything before the command is ended
   */
  ExecAnswer(Source source, PodRuntime runtime, AgentRequest request, Duration idle) {
    this.source = requireNonNull(source, "source is null");
    this.runtime = requireNonNull(runtime, "runtime is null");
    this.request = requireNonNull(request, "request is null");
    this.idle = requireNonNull(idle, "idle is null");
  }

  /**
   * Runs the command until it ends, or the person is gone.
   *
   * @throws ExecUnavailableException when it was not begun
   * @throws IOException when the person is gone
   */
  void write(OutputStream output) throws IOException, InterruptedException {
    ExecQuery query =
        new ExecQuery(
            request.podId(),
            request.container(),
            request.command(),
            request.input(),
            request.terminal(),
            request.rows(),
            request.columns());
    try (InputStream input = source.input(request)) {
      Line line = new Line(input, output);
      Thread watch =
          Thread.ofVirtual().name("exec-alive-" + request.id()).unstarted(() -> watch(line));
      try {
        watch.start();
        line.tell(ExecFrame.exit(runtime.exec(query, line)));
      } catch (ExecUnavailableException e) {
        if (!line.begun) {
          throw e;
        }
        line.tell(ExecFrame.failed(String.valueOf(e.getMessage())));
      } finally {
        Threads.end(watch);
      }
    }
  }

  /** Says that the line stands, and ends a conversation in which nobody says anything. */
  private void watch(Line line) {
    try {
      for (; ; ) {
        Thread.sleep(ALIVE);
        if (line.silence().compareTo(idle) > 0) {
          line.tell(
              ExecFrame.failed(
                  "nothing was said for %d minutes, so it was ended".formatted(idle.toMinutes())));
          line.hangUp();
          return;
        }
        if (line.begun) {
          line.tell(ExecFrame.of(ExecFrame.Kind.ALIVE));
        }
      }
    } catch (InterruptedException | IOException e) {
      LOG.debug("the line of request {} is watched no longer", request.id());
    }
  }

  /** Frames over the two streams. */
  private static final class Line implements ExecLine {
    private final InputStream input;
    private final OutputStream output;
    private final ReentrantLock writing = new ReentrantLock();
    private final ExecFrames frames = new ExecFrames();
    private final Queue<ExecFrame> heard = new ArrayDeque<>();
    private volatile long last = System.nanoTime();
    private volatile boolean begun;

    Line(InputStream input, OutputStream output) {
      this.input = input;
      this.output = output;
    }

    @Override
    public void tell(ExecFrame frame) throws IOException {
      writing.lock();
      try {
        if (frame.kind() != ExecFrame.Kind.ALIVE) {
          last = System.nanoTime();
        }
        output.write(frame.encoded());
        begun = true;
      } finally {
        writing.unlock();
      }
    }

    @Override
    public Optional<ExecFrame> hear() {
      byte[] buffer = new byte[16 * 1024];
      try {
        for (; ; ) {
          ExecFrame next = heard.poll();
          if (next != null) {
            last = System.nanoTime();
            return Optional.of(next);
          }
          int length = input.read(buffer);
          if (length < 0) {
            return Optional.empty();
          }
          frames.add(buffer, 0, length).stream()
              .filter(frame -> frame.kind() != ExecFrame.Kind.ALIVE)
              .forEach(heard::add);
        }
      } catch (IOException | IllegalArgumentException e) {
        LOG.debug("the person cannot be heard any more: {}", e.getMessage());
        return Optional.empty();
      }
    }

    Duration silence() {
      return Duration.ofNanos(System.nanoTime() - last);
    }

    /** As if the person was gone. */
    void hangUp() throws IOException {
      input.close();
    }
  }
}
