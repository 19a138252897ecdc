package io.hotpod.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestDatabaseSettings {
  @TempDir private Path directory;

  private Path passwordFile(String permissions, String content) throws IOException {
    Path file = directory.resolve("password");
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite:file",
        "postgresql://host/name",
        "jdbc:postgresql://host/name?password=secret",
        "jdbc:postgresql://host/name?ssl=true&PASSWORD=secret"
      })
  void anUrlOfSomethingElseOrWithAPasswordIsRefused(String url) {
    assertThatThrownBy(() -> new DatabaseSettings.Postgresql(url, "me", directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void aPasswordIsTheFirstLineOfAFileOfItsOwnersAlone() throws IOException {
    assertThat(PasswordFile.read(passwordFile("rw-------", "correct horse\nmore\n")))
        .isEqualTo("correct horse");
    Path shared = passwordFile("rw-r-----", "correct horse\n");
    assertThatThrownBy(() -> PasswordFile.read(shared))
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining("horse");
    Path empty = passwordFile("rw-------", "");
    assertThatThrownBy(() -> PasswordFile.read(empty)).hasMessageContaining("holds no password");
    assertThatThrownBy(() -> PasswordFile.read(directory.resolve("none")))
        .hasMessageContaining("cannot read the password file");
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedWithWhatToDo() throws IOException {
    Path password = passwordFile("rw-------", "secret\n");
    DatabaseSettings.Postgresql nowhere =
        new DatabaseSettings.Postgresql("jdbc:postgresql://127.0.0.1:1/x", "me", password);

    assertThatThrownBy(() -> Database.postgresql(nowhere))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/x as me")
        .hasMessageContaining("see that it runs")
        .hasMessageNotContaining("secret");
  }

  @Test
  void manyTopicsGoOutInAsFewNotificationsAsHoldThem() {
    List<String> topics =
        IntStream.range(0, 1_000).mapToObj(number -> "events:stack-" + number).toList();

    List<String> payloads = PostgresqlRelay.payloads(topics);

    assertThat(payloads).hasSizeLessThan(5).allMatch(payload -> payload.length() < 8_000);
    assertThat(payloads.stream().flatMap(String::lines)).containsExactlyElementsOf(topics);
    assertThat(PostgresqlRelay.payloads(List.of())).isEmpty();
  }
}
