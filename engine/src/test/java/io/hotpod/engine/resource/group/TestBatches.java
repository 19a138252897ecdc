package io.hotpod.engine.resource.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestBatches {
  /** From a group of {@code current} to one of {@code target}, as capacity/renewed. */
  @ParameterizedTest
  @CsvSource({
    "4, 4, 1, 0, 4/1 4/1 4/1 4/1",
    "4, 4, 2, 0, 4/2 4/2",
    "4, 4, 3, 0, 4/3 4/1",
    "5, 5, 2, 5, 7/2 7/2 7/2 6/1 5/0",
    "4, 0, 2, 0, 2/2 4/2",
    "6, 4, 2, 0, 6/2 6/2 6/2",
    "3, 6, 2, 0, 3/2 3/1",
    "0, 3, 1, 0, 0/0",
  })
  void goesFromBatchToBatch(int target, int current, int size, int serving, String expected) {
    Batches batches = new Batches(size, serving, Duration.ofSeconds(1));
    List<String> seen = new ArrayList<>();
    int capacity = current;
    int done = 0;
    Optional<Batches.Batch> batch = batches.next(target, capacity, done);
    while (batch.isPresent()) {
      Batches.Batch each = batch.orElseThrow();
      seen.add(each.capacity() + "/" + each.renewed());
      done += each.renewed() - Math.max(each.capacity() - Math.max(capacity, target), 0);
      capacity = each.capacity();
      batch = batches.next(target, capacity, done);
    }

    assertThat(String.join(" ", seen)).isEqualTo(expected);
    assertThat(batches.pauses(target, current, 0)).isEqualTo(Duration.ofSeconds(seen.size() - 1L));
  }

  @Test
  void aBatchHasMembers() {
    assertThatThrownBy(() -> new Batches(0, 0, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
