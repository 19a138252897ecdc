package io.hotpod.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestQuantities {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,1",
    "1k,1000",
    "1024,1Ki",
    "1Ki,1Ki",
    "1.5Ki,1536",
    "1Gi,1Gi",
    "1024Mi,1Gi",
    "1048577,1048577",
    "500m,500m",
    "1500m,1500m",
    "1000m,1",
    "1e3,1000",
    "1E,976562500000000Ki",
    "1E3,1000",
    "0.0001,1m",
    "1.,1",
    ".5,500m",
    "+1,1",
    "1u,1m",
    "1Ei,1Ei",
    "8Ei,9223372036854775807",
    "1e99,9223372036854775807",
    "0m,0"
  })
  void hasOneTextForEqualAmounts(String given, String canonical) {
    assertThat(Quantities.canonical(given, false)).contains(canonical);
  }

  @ParameterizedTest
  @CsvSource({"1024,1024", "2000m,2", "0.1,100m", "1k,1000"})
  void countsCoresByTens(String given, String canonical) {
    assertThat(Quantities.canonical(given, true)).contains(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "'',",
    "-1,give 0 or more",
    "1KB,did you mean \"1Ki\"?",
    "512MB,did you mean \"512Mi\"?",
    "1K,did you mean \"1Ki\"?",
    "1g,did you mean \"1Gi\"?",
    "x,",
    "1 Gi,",
    "1Gii,",
    "1e,",
    "1e1000,",
    "1..2,",
    "0x10,",
    "1_000,",
    "m,",
    "1mi,"
  })
  void refusesTheRest(String given, String advice) {
    assertThat(Quantities.canonical(given, false)).isEmpty();
    assertThat(Quantities.advice(given).orElse("")).isEqualTo(advice == null ? "" : advice);
  }
}
