package io.hotpod.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TestSpareHeap {
  private static final long MEBI = 1 << 20;

  @Test
  void heapIsLookedThroughOnceAfterItHasGrown() {
    SpareHeap heap = new SpareHeap(10 * MEBI);

    assertThat(heap.due(10 * MEBI)).as("as it was").isFalse();
    assertThat(heap.due(15 * MEBI)).isFalse();
    assertThat(heap.due(15 * MEBI)).as("grown by little").isFalse();
    assertThat(heap.due(40 * MEBI)).as("still growing").isFalse();
    assertThat(heap.due(60 * MEBI)).as("still growing").isFalse();
    assertThat(heap.due(60 * MEBI)).isTrue();

    heap.kept(50 * MEBI);
    assertThat(heap.due(50 * MEBI)).as("what it needs").isFalse();
    heap.kept(20 * MEBI);
    assertThat(heap.due(20 * MEBI)).isFalse();
    assertThat(heap.due(30 * MEBI)).as("growing").isFalse();
    assertThat(heap.due(29 * MEBI)).isTrue();
  }
}
