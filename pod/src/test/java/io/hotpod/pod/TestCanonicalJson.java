package io.hotpod.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TestCanonicalJson {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{ \"b\" : 1, \"a\" : 2 };{\"a\":2,\"b\":1}",
        "{\"i\":1,\"I\":2,\"ı\":3};{\"I\":2,\"i\":1,\"ı\":3}",
        "[ 3, 1, 2 ];[3,1,2]",
        "[1.0, 1e0, 100e-2, 10];[1,1,1,1E+1]",
        "[0, 0.0, -0.0, 0e5];[0,0,0,0]",
        "[-1.50];[-1.5]",
        "[true,false,null];[true,false,null]",
        "\"a\\u0062\\n\\\"\";\"ab\\n\\\"\"",
        "\"/\\/\";\"//\"",
        "{};{}",
        "[];[]",
        "[{},[]];[{},[]]",
        "12345678901234567890123456789;12345678901234567890123456789"
      })
  void hasOneTextForEqualValues(String text, String canonical) {
    JsonNode value = JsonMapper.shared().readTree(text);
    String written = CanonicalJson.write(value);
    assertThat(CanonicalJson.write(JsonMapper.shared().readTree(written))).isEqualTo(written);
    assertThat(written).isEqualTo(canonical);
  }
}
