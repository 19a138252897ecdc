package io.hotpod.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TestBulkRandom {
  /** Gives the bytes 0, 1, 2 and so on, and counts how often it is asked. */
  private static final class Counting extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public void nextBytes(byte[] bytes) {
      asked.incrementAndGet();
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) next.getAndIncrement();
      }
    }
  }

  @Test
  void givesOutEachBitOfItsSourceOnceAndAsksSeldom() {
    Counting source = new Counting();
    BulkRandom random = new BulkRandom(source);

    List<Integer> made = Stream.generate(random::nextInt).limit(128).toList();

    assertThat(made)
        .startsWith(0x00010203, 0x04050607)
        .containsAll(IntStream.range(0, 64).mapToObj(i -> 0x00010203 + i * 0x04040404).toList());
    assertThat(source.asked).hasValue(2);
  }

  @Test
  void smallNumbersUseTheUpperBits() {
    BulkRandom random = new BulkRandom(new Counting());

    assertThat(random.nextBoolean()).isFalse();
    assertThat(new BulkRandom(new SecureRandom()).ints(10_000, 0, 10).distinct().count())
        .isEqualTo(10);
  }

  @Test
  void threadsDoNotGetTheSameBits() {
    BulkRandom random = new BulkRandom(new SecureRandom());

    assertThat(IntStream.range(0, 20_000).parallel().mapToObj(i -> random.nextLong()).toList())
        .doesNotHaveDuplicates();
  }
}
