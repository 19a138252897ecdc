package io.hotpod.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestText {
  private static final Instant NOW = Instant.parse("2026-11-10T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-11-10T12:00:00Z, 0s",
    "2026-11-10T12:00:30Z, 0s",
    "2026-11-10T11:58:01Z, 119s",
    "2026-11-10T11:58:00, 2m",
    "2026-11-10T10:00:00Z, 2h",
    "2026-11-08T12:00:00Z, 2d",
    "yesterday, yesterday",
    "'', ''",
  })
  void age(String time, String expected) {
    assertThat(Text.age(time, NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "1234, 1.2 s",
    "9949, 9.9 s",
    "9950, 9 s",
    "119999, 119 s",
    "200000, 3 min 20 s"
  })
  void duration(long millis, String expected) {
    assertThat(Text.duration(Duration.ofMillis(millis))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"abc, 3, abc", "abcd, 3, ab…", "😀😀😀, 2, 😀…"})
  void cut(String text, int width, String expected) {
    assertThat(Text.cut(text, width)).isEqualTo(expected);
  }
}
