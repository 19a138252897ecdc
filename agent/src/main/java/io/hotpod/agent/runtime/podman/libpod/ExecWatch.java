package io.hotpod.agent.runtime.podman.libpod;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a command in a container that takes longer than it may. Its time is that of its process:
 * what Podman needs to start it is not the command's own.
 */
final class ExecWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecWatch.class);

  /** Between two looks at a command that was not started when its time should be over. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Podman podman;
  private final String session;
  private final Duration longest;
  private final Thread thread;
  private volatile boolean expired;

  /** Begins to watch; before the command is started. */
  ExecWatch(Podman podman, String session, Duration longest) {
    this.podman = podman;
    this.session = session;
    this.longest = longest;
    thread = Thread.ofVirtual().name("exec-watch").start(this::run);
  }

  /** Whether the command was ended because its time was over. */
  boolean expired() {
    return expired;
  }

  private void run() {
    try {
      Thread.sleep(longest);
      for (; ; ) {
        ExecState state = podman.execState(session);
        Optional<ProcessHandle> process =
            state.running() ? ProcessHandle.of(state.process()) : Optional.empty();
        Duration left = process.map(this::left).orElse(LOOK);
        if (process.isPresent() && !left.isPositive()) {
          expired = true;
          // As a kubelet's runtime does it: without a farewell.
          process.get().descendants().forEach(ProcessHandle::destroyForcibly);
          process.get().destroyForcibly();
          return;
        }
        Thread.sleep(left);
      }
    } catch (PodmanException | PodmanUnavailableException e) {
      LOG.debug("a command is not watched any more: {}", e.getMessage());
    } catch (InterruptedException e) {
      LOG.trace("the command ended in time");
    }
  }

  private Duration left(ProcessHandle process) {
    return ProcessAge.of(process.pid()).map(longest::minus).orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
