package io.hotpod.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values as PyYAML 6.0 loads them; where it gives up or makes a date, text. */
final class TestYamlScalars {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

  private static JsonNode read(String scalar) {
    return ((MappingNode) READER.read("t", "v: " + scalar)).get("v").orElseThrow().toJson();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          yes | true
          Yes | true
          YES | true
          yEs | "yEs"
          on | true
          off | false
          No | false
          true | true
          FALSE | false
          y | "y"
          n | "n"
          ~ | null
          null | null
          NULL | null
          nULL | "nULL"
          0 | 0
          -0 | 0
          7 | 7
          +7 | 7
          1_000 | 1000
          0755 | 493
          -0755 | -493
          0o755 | "0o755"
          08 | "08"
          0x1F | 31
          0xfg | "0xfg"
          0b101 | 5
          0b_ | "0b_"
          0_ | 0
          12:30:45 | 45045
          -1:30 | -90
          12:60 | "12:60"
          80:80 | "80:80"
          0:30 | "0:30"
          22:22 | 1342
          9223372036854775807 | 9223372036854775807
          9223372036854775808 | 9223372036854775808
          1.5 | 1.5
          -1.5 | -1.5
          1. | 1.0
          .5 | 0.5
          -.5 | "-.5"
          1e5 | "1e5"
          1.0e5 | "1.0e5"
          1.0e+5 | 100000.0
          1_0.5_0 | 10.5
          1:30.5 | 90.5
          . | "."
          - 1 | [1]
          -- | "--"
          1.2.3 | "1.2.3"
          2013-05-23 | "2013-05-23"
          2001-12-14t21:59:43.10-05:00 | "2001-12-14t21:59:43.10-05:00"
          = | "="
          "yes" | "yes"
          '0755' | "0755"
          !!str 0755 | "0755"
          ! 12 | 12
          !!int "12" | 12
          !!float 3 | 3.0
          !!bool "on" | true
          !!null "" | null
          !!timestamp 2013-05-23 | "2013-05-23"
          """)
  void readsAsPyYaml(String scalar, String json) {
    JsonNode value = scalar.equals("- 1") ? READER.read("t", scalar).toJson() : read(scalar);
    assertThat(value).hasToString(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {".inf", "-.INF", "+.Inf", ".nan", ".NaN", "!!int x", "!!bool 1", "!py x"})
  void refusesWhatHasNoValue(String scalar) {
    assertThatThrownBy(() -> read(scalar))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith("t:1:4: ");
  }

  @Test
  void doesNotSpendTimeOnEndlessDigits() {
    String digits = "1".repeat(500_000);
    assertThat(read(digits).stringValue()).hasSize(digits.length());
    assertThat(read("1" + ":1".repeat(250_000)).isString()).isTrue();
  }

  @Test
  void givesEqualNumbersEqualNodes() {
    assertThat(read("!!int \"0x10\"")).isEqualTo(read("16"));
    assertThat(READER.read("t", "[16, 3000000000]").toJson())
        .isEqualTo(READER.read("t", "- 0x10\n- 3000000000").toJson());
  }

  @Test
  void numbersThatNobodyCouldReadBackAreText() {
    String hexadecimal = "0x" + "f".repeat(900);
    assertThat(read(hexadecimal).stringValue()).isEqualTo(hexadecimal);
    JsonNode large = read("0x" + "f".repeat(800));
    assertThat(JsonMapper.shared().readTree(large.toString())).isEqualTo(large);
    assertThatThrownBy(() -> read("!!float " + "9".repeat(400)))
        .hasMessageContaining("is not a number that JSON can carry");
  }
}
