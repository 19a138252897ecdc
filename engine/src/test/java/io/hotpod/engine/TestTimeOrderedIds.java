package io.hotpod.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TestTimeOrderedIds {
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00.123Z");

  @Test
  void anIdIsAVersionSevenUuidThatBeginsWithTheTime() {
    UUID id = UUID.fromString(ids(NOW).get());

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void idsGrowAlsoWhereTheClockStands() {
    // More than a millisecond has room for, so that it is left behind.
    List<String> made = Stream.generate(ids(NOW)).limit(10_000).toList();

    assertThat(made).isSorted().doesNotHaveDuplicates();
    assertThat(made).allSatisfy(id -> assertThat(UUID.fromString(id).version()).isEqualTo(7));
  }

  @Test
  void twoServersThatBeginAtTheSameInstantMakeDifferentIds() {
    assertThat(new TimeOrderedIds(Clock.fixed(NOW, ZoneOffset.UTC), new Random(1)).get())
        .isNotEqualTo(new TimeOrderedIds(Clock.fixed(NOW, ZoneOffset.UTC), new Random(2)).get());
  }

  private static TimeOrderedIds ids(Instant now) {
    return new TimeOrderedIds(Clock.fixed(now, ZoneOffset.UTC), new Random(1));
  }
}
