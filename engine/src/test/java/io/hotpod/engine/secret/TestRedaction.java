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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(Error: key is -----BEGIN KEY----- MIIEvQ...)|(Error: key is ******...)",
        "key is -----BEG... and MIIE|key is ******... and MIIE",
        "waits for MIIEvQ...|waits for MIIEvQ...",
        "-----...|-----...",
        "-----BEGIN KEY----- MIIEvQIBADAN -----END KEY----- ...|****** ...",
      })
  void whatIsLeftOfASecretInAShortenedLineIsTakenOut(String text, String shown) {
    Redaction redaction =
        Redaction.of(List.of("-----BEGIN KEY-----\nMIIEvQIBADAN\n-----END KEY-----\n"));

    assertThat(redaction.apply(text)).isEqualTo(shown);
  }

  @Test
  void howItsLinesAreBrokenDoesNotMatter() {
    Redaction redaction = Redaction.of(List.of("one\n two\tthree\n"));

    assertThat(redaction.apply("said one two three, and one\r\ntwo\n\nthree."))
        .isEqualTo("said ******, and ******.");
  }

  @Test
  void withoutSecretsATextStaysAsItIs() {
    assertThat(Redaction.of(List.of("", " ")).apply("a b")).isEqualTo("a b");
  }
}
