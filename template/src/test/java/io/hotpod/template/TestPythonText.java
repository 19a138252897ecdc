package io.hotpod.template;

import static io.hotpod.template.Templates.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

final class TestPythonText {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "0.1, 0.1",
    "-2.5, -2.5",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "123456789012345680, 1.2345678901234568e+17",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "-1.5e-10, -1.5e-10",
    "1e100, 1e+100"
  })
  void writesFloatsAsPython(double value, String expected) {
    assertThat(PythonText.str(JsonNodeFactory.instance.numberNode(value))).isEqualTo(expected);
  }

  @Test
  void writesJsonAsPython() {
    assertThat(
            PythonText.json(
                json(
                    "{\"b\": [1, 1.5, null, true, {}], \"a\": \"\\u00e9\\ud83d\\ude00\\u007f\\u001f\\n\\\"\\\\/\"}"),
                true))
        .isEqualTo(
            "{\"a\": \"\\u00e9\\ud83d\\ude00\\u007f\\u001f\\n\\\"\\\\/\","
                + " \"b\": [1, 1.5, null, true, {}]}");
  }
}
