package io.hotpod.agent.source.heat;

import io.hotpod.agent.runtime.Threads;
import io.hotpod.agent.source.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the ledger has, each signal on a thread of its own and again until Heat has it, has
 * refused it, or has forgotten the deployment. Thread-safe.
 */
final class SignalSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignalSender.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final SignalLedger ledger;
  private final Signaller signaller;
  private final Runnable delivered;
  private final RandomGenerator random;
  private final Map<String, Thread> sending = new ConcurrentHashMap<>();

  /**
   * @param delivered is run after each signal that Heat has taken
   */
  SignalSender(
      SignalLedger ledger, Signaller signaller, Runnable delivered, RandomGenerator random) {
    this.ledger = ledger;
    this.signaller = signaller;
    this.delivered = delivered;
    this.random = random;
  }

  /** Begins to send what is pending and not under way. Never blocks for long. */
  void send() {
    for (SignalRecord signal : ledger.pending()) {
      sending.computeIfAbsent(
          signal.configId(),
          id -> Thread.ofVirtual().name("signal-" + id).start(() -> send(signal)));
    }
  }

  /** Whether a signal is under way. */
  boolean isSending() {
    return !sending.isEmpty();
  }

  private void send(SignalRecord signal) {
    try {
      Duration pause = FIRST_PAUSE;
      while (isPending(signal) && !attempt(signal)) {
        Thread.sleep(pause.plusMillis(random.nextLong(pause.toMillis() / 2 + 1)));
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      LOG.debug("the signal for {} is left to the next run", signal.title());
    } finally {
      sending.remove(signal.configId());
    }
  }

  private boolean isPending(SignalRecord signal) {
    return ledger.pending().stream().anyMatch(each -> each.configId().equals(signal.configId()));
  }

  private boolean attempt(SignalRecord signal) throws InterruptedException {
    try {
      signaller.send(signal);
      ledger.put(signal.asDelivered());
      LOG.info(
          "deployment {}: signalled {}",
          signal.title(),
          signal.outputs().path("deploy_status_code").asInt(0) == 0 ? "success" : "failure");
      delivered.run();
      return true;
    } catch (SignalRefusedException e) {
      LOG.warn("deployment {}: {}; nobody waits for it any more", signal.title(), e.getMessage());
      return giveUp(signal);
    } catch (SourceException e) {
      LOG.warn("deployment {}: {}; trying again", signal.title(), e.getMessage());
      return false;
    } catch (IOException e) {
      LOG.warn("the signals cannot be written to disk: {}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.error("deployment {}: unexpected; trying again", signal.title(), e);
      return false;
    }
  }

  private boolean giveUp(SignalRecord signal) {
    try {
      ledger.put(signal.asDelivered());
      return true;
    } catch (IOException e) {
      LOG.warn("the signals cannot be written to disk: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    sending.values().forEach(Threads::end);
  }
}
