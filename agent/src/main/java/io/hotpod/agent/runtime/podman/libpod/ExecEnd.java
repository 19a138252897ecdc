package io.hotpod.agent.runtime.podman.libpod;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends commands in containers. Podman has no call for that; it has the process's number. */
public final class ExecEnd {
  private static final Logger LOG = LoggerFactory.getLogger(ExecEnd.class);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private ExecEnd() {}

  /** Asks a command to end, and has it ended when it does not; an interrupt is kept for later. */
  public static void ask(Podman podman, String session) {
    boolean interrupted = Thread.interrupted();
    try {
      ExecState state = podman.execState(session);
      if (state.running() && state.process() > 0) {
        ProcessHandle.of(state.process()).ifPresent(ExecEnd::ask);
      }
    } catch (PodmanException | PodmanUnavailableException e) {
      LOG.warn("a command that nobody waits for may go on: {}", e.getMessage());
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void ask(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
    } catch (ExecutionException e) {
      LOG.debug("the end of process {} is not known", process.pid(), e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
