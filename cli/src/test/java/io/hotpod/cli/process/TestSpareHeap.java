package io.hotpod.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TestSpareHeap {
  private static final long MEBI = 1 << 20;

  @Test
  void heapIsLookedThroughOnceAfterItHasGrown() {
    SpareHeap heap = new SpareHeap(10 * MEBI, seconds(1));

    assertThat(heap.due(10 * MEBI, seconds(1))).as("as it was").isFalse();
    assertThat(heap.due(15 * MEBI, seconds(1))).as("grown by little").isFalse();
    assertThat(heap.due(60 * MEBI, seconds(5))).as("at work").isFalse();
    assertThat(heap.due(60 * MEBI, seconds(5))).isTrue();

    heap.kept(50 * MEBI);
    assertThat(heap.due(50 * MEBI, seconds(5))).as("what it needs").isFalse();
    heap.kept(20 * MEBI);
    assertThat(heap.due(30 * MEBI, seconds(6))).as("at work").isFalse();
    assertThat(heap.due(30 * MEBI, seconds(6))).isTrue();
  }

  @Test
  void aLittleWorkIsIdleness() {
    SpareHeap heap = new SpareHeap(10 * MEBI, Duration.ZERO);

    assertThat(heap.due(60 * MEBI, Duration.ofMillis(300))).isTrue();
    assertThat(heap.due(60 * MEBI, Duration.ofMillis(700))).isFalse();
  }

  private static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }
}
