package io.hotpod.agent.runtime.podman;

import static java.util.Objects.requireNonNull;

import io.hotpod.agent.runtime.ExecLine;
import io.hotpod.agent.runtime.ExecQuery;
import io.hotpod.agent.runtime.ExecUnavailableException;
import io.hotpod.agent.runtime.Threads;
import io.hotpod.agent.runtime.podman.libpod.ExecConnection;
import io.hotpod.agent.runtime.podman.libpod.ExecEnd;
import io.hotpod.agent.runtime.podman.libpod.ExecState;
import io.hotpod.agent.runtime.podman.libpod.LogFrames;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.pod.exec.ExecFrame;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command in one container. Run by one thread. */
final class PodmanExec {
  private static final Logger LOG = LoggerFactory.getLogger(PodmanExec.class);
  private static final int HEADER = 8;
  private static final int STANDARD_ERROR = 2;
  private static final int ASKED = 50;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Podman podman;
  private final String container;
  private final ExecQuery query;
  private final ExecLine line;
  private volatile boolean gone;
  private volatile boolean finished;

  PodmanExec(Podman podman, String container, ExecQuery query, ExecLine line) {
    this.podman = requireNonNull(podman, "podman is null");
    this.container = requireNonNull(container, "container is null");
    this.query = requireNonNull(query, "query is null");
    this.line = requireNonNull(line, "line is null");
  }

  /**
   * Runs it until its end.
   *
   * @return its exit code; 126 and 127 for a program that cannot be run or is not there, and 125
   *     where Podman cannot tell
   */
  int run() throws IOException, InterruptedException {
    String session = podman.prepareExec(container, query);
    boolean ended = false;
    try (ExecConnection connection = podman.startExec(session, query)) {
      line.tell(ExecFrame.of(ExecFrame.Kind.STARTED));
      if (query.terminal()) {
        // Older Podmans do not heed the size that they are told at the start.
        resize(session, query.rows(), query.columns());
      }
      Thread listener =
          Thread.ofVirtual().name("exec-input").start(() -> listen(session, connection));
      try {
        copy(connection.input());
      } catch (IOException e) {
        if (!gone) {
          throw e;
        }
      } finally {
        // An interrupted line looks to the listener as if the person was gone.
        finished = !gone;
        Threads.end(listener);
      }
      if (!finished) {
        throw new IOException("the person who ran the command is gone");
      }
      int code = exitCode(session);
      ended = true;
      return code;
    } finally {
      if (!ended) {
        ExecEnd.ask(podman, session);
      }
    }
  }

  private void copy(InputStream output) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    if (query.terminal()) {
      for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
        line.tell(ExecFrame.of(ExecFrame.Kind.OUTPUT, buffer, 0, read));
      }
      return;
    }
    for (; ; ) {
      byte[] header = output.readNBytes(HEADER);
      if (header.length < HEADER) {
        return;
      }
      ExecFrame.Kind kind =
          header[0] == STANDARD_ERROR ? ExecFrame.Kind.ERROR : ExecFrame.Kind.OUTPUT;
      long left = LogFrames.length(header);
      while (left > 0) {
        int read = output.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          return;
        }
        line.tell(ExecFrame.of(kind, buffer, 0, read));
        left -= read;
      }
    }
  }

  private void listen(String session, ExecConnection connection) {
    try {
      for (Optional<ExecFrame> said = line.hear(); said.isPresent(); said = line.hear()) {
        ExecFrame frame = said.get();
        switch (frame.kind()) {
          case INPUT -> connection.write(frame.payload());
          case END_OF_INPUT -> connection.endInput();
          case RESIZE -> resize(session, frame.rows(), frame.columns());
          case OUTPUT, ERROR, STARTED, EXIT, FAILED, ALIVE -> {}
        }
      }
      if (!finished) {
        gone = true;
        connection.close();
      }
    } catch (IOException e) {
      // A command may end, or close its input, before it has read all of it.
      LOG.debug("a command takes no more input: {}", e.getMessage());
      await();
    } catch (InterruptedException e) {
      LOG.debug("a command is listened for no longer");
    }
  }

  /** Nothing more can be handed over; whether the person is there is still of interest. */
  private void await() {
    // The connection's end wakes the other thread, which ends this one.
    try {
      while (line.hear().isPresent()) {
        LOG.trace("input that nobody reads");
      }
      gone = !finished;
    } catch (InterruptedException e) {
      LOG.debug("a command is listened for no longer");
    }
  }

  private void resize(String session, int rows, int columns) throws InterruptedException {
    try {
      podman.resizeExec(session, rows, columns);
    } catch (PodmanException | PodmanUnavailableException e) {
      LOG.debug("the size of a terminal stays: {}", e.getMessage());
    }
  }

  /** Podman knows it a moment after the output ended. */
  private int exitCode(String session) throws InterruptedException {
    for (int asked = 0; asked < ASKED; asked++) {
      ExecState state = podman.execState(session);
      if (!state.running()) {
        return state.exitCode();
      }
      Thread.sleep(PAUSE);
    }
    throw new ExecUnavailableException("the command's output ended, and it goes on");
  }
}
