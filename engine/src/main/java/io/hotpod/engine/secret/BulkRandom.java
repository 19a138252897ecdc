package io.hotpod.engine.secret;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bits of a secure source, fetched many at once: asked for a few bytes at a time by many threads,
 * the source itself costs more than what is done with them. No bit is given out twice. Thread-safe.
 */
public final class BulkRandom extends Random {
  private static final long serialVersionUID = 1;

  /** The most that a source of the system gives without being interrupted. */
  private static final int FETCHED = 256;

  private final transient SecureRandom source;
  private final transient ReentrantLock lock = new ReentrantLock();
  private final transient ByteBuffer left = ByteBuffer.allocate(FETCHED).limit(0);

  public BulkRandom(SecureRandom source) {
    this.source = source;
  }

  @Override
  protected int next(int bits) {
    lock.lock();
    try {
      if (left.remaining() < Integer.BYTES) {
        source.nextBytes(left.array());
        left.clear();
      }
      int value = left.getInt();
      // What is in memory is only what nobody has got yet.
      left.putInt(left.position() - Integer.BYTES, 0);
      return value >>> (Integer.SIZE - bits);
    } finally {
      lock.unlock();
    }
  }
}
