package io.hotpod.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestRedaction {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "args: [--password=hunter22] changed|args: [--password=******] changed",
        "hunter22 and hunter22x|****** and ******",
        "port 42 is taken|port ****** is taken",
        "port 4242 is taken, and web-42|port 4242 is taken, and web-42",
        "a+b* is no pattern|****** is no pattern",
        "nothing of it|nothing of it",
      })
  void secretsAreTakenOut(String text, String shown) {
    assertThat(Redaction.of(List.of("hunter22", "hunter22x", "42", "a+b*", "")).apply(text))
        .isEqualTo(shown);
  }

  @Test
  void withoutSecretsATextStaysAsItIs() {
    assertThat(Redaction.of(List.of("", " ")).apply("a b")).isEqualTo("a b");
  }
}
