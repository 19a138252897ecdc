package io.hotpod.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks over several connections from one thread: more of them would wait for each other's turn on
 * the processors that they share with the server, and tell that wait as the server's. Used by one
 * thread.
 */
final class LoadLoop implements AutoCloseable {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Selector selector;
  private final Deque<LoadChannel> idle = new ArrayDeque<>();
  private final int connections;
  private int next;

  LoadLoop(URI server, int connections) {
    this.connections = connections;
    try {
      selector = Selector.open();
      for (int index = 0; index < connections; index++) {
        LoadChannel channel = new LoadChannel(server);
        channel.register(selector);
        idle.add(channel);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + server, e);
    }
  }

  /** Every connection asks again as soon as it is answered. */
  Latencies flatOut(List<byte[]> requests, Duration time) {
    Latencies latencies = new Latencies();
    long end = System.nanoTime() + time.toNanos();
    try {
      for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
        while (!idle.isEmpty()) {
          send(requests, System.nanoTime());
        }
        receive(latencies);
      }
      finish(latencies);
    } catch (IOException e) {
      throw new UncheckedIOException("a request failed", e);
    }
    return latencies;
  }

  /**
   * Requests are due at an even pace, whether or not those before are answered, and the time of
   * each counts from when it was due: also while all connections are taken, and while this thread
   * was late.
   */
  Latencies steady(List<byte[]> requests, int perSecond, Duration time) {
    Latencies latencies = new Latencies();
    long begin = System.nanoTime();
    long count = perSecond * time.toSeconds();
    try {
      for (long number = 0; number < count; ) {
        long due = begin + number * SECOND / perSecond;
        long left = due - System.nanoTime();
        if (left <= 0 && !idle.isEmpty()) {
          send(requests, due);
          number++;
        } else if (idle.size() == connections) {
          LockSupport.parkNanos(left);
        } else {
          receive(latencies);
        }
      }
      finish(latencies);
    } catch (IOException e) {
      throw new UncheckedIOException("a request failed", e);
    }
    return latencies;
  }

  private void send(List<byte[]> requests, long start) throws IOException {
    idle.remove().send(requests.get(next++ % requests.size()), start);
  }

  private void finish(Latencies latencies) throws IOException {
    while (idle.size() < connections) {
      receive(latencies);
    }
  }

  /** Waits for a millisecond at the most, so that what falls due meanwhile is not forgotten. */
  private void receive(Latencies latencies) throws IOException {
    selector.select(key -> receive(key, latencies), 1);
  }

  private void receive(SelectionKey key, Latencies latencies) {
    LoadChannel channel = (LoadChannel) key.attachment();
    if (channel.receive()) {
      latencies.addNanos(System.nanoTime() - channel.start());
      idle.add(channel);
    }
  }

  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a connection", e);
    }
  }
}
