package io.hotpod.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestSealer {
  private static final String PLACE = "resource.data of 1";

  @TempDir private Path directory;
  private KeyFile file;

  @BeforeEach
  void makeKey() {
    file = new KeyFile(directory.resolve("secrets.key"), new SecureRandom());
    file.create();
  }

  @Test
  void whatIsSealedOpensInItsPlaceOnly() {
    Sealer sealer = file.read();
    String sealed = sealer.seal(PLACE, "päßword");

    assertThat(sealed).startsWith(sealer.newestPrefix()).doesNotContain("word");
    assertThat(file.read().open(PLACE, sealed)).isEqualTo("päßword");
    assertThat(sealer.seal(PLACE, "päßword")).as("never the same").isNotEqualTo(sealed);
    assertThatThrownBy(() -> sealer.open("resource.data of 2", sealed))
        .isInstanceOf(UnreadableException.class)
        .hasMessage(
            "cannot read resource.data of 2 in the database: it was changed, or was written for"
                + " another place");
  }

  @Test
  void whatWasChangedDoesNotOpen() {
    Sealer sealer = file.read();
    String sealed = sealer.seal(PLACE, "password");
    char last = sealed.charAt(sealed.length() - 5) == 'A' ? 'B' : 'A';
    String changed =
        sealed.substring(0, sealed.length() - 5) + last + sealed.substring(sealed.length() - 4);

    for (String text : new String[] {changed, sealed.substring(0, 40), "password", "sealed:x"}) {
      assertThatThrownBy(() -> sealer.open(PLACE, text))
          .isInstanceOf(UnreadableException.class)
          .hasMessageNotContaining("password");
    }
  }

  @Test
  void anOlderKeyOpensUntilItIsDropped() {
    String old = file.read().seal(PLACE, "password");
    file.addKey();
    Sealer both = file.read();

    assertThat(both.hasOlderKeys()).isTrue();
    assertThat(both.open(PLACE, old)).isEqualTo("password");
    String renewed = both.seal(PLACE, "password");

    file.dropOldKeys();
    Sealer newest = file.read();
    assertThat(newest.open(PLACE, renewed)).isEqualTo("password");
    assertThatThrownBy(() -> newest.open(PLACE, old)).hasMessageContaining("under the key");
  }

  @Test
  void aFileThatIsThereIsKept() {
    String sealed = file.read().seal(PLACE, "password");

    file.create();

    assertThat(file.read().open(PLACE, sealed)).isEqualTo("password");
  }

  @Test
  void digestsDependOnKeyAndPurpose() {
    String text = DigestKey.make(new SecureRandom());
    DigestKey key = DigestKey.of(text);

    assertThat(DigestKey.of(text).digest("a", "b")).isEqualTo(key.digest("a", "b")).hasSize(43);
    assertThat(key.digest("b", "b")).isNotEqualTo(key.digest("a", "b"));
    assertThat(DigestKey.of(DigestKey.make(new SecureRandom())).digest("a", "b"))
        .isNotEqualTo(key.digest("a", "b"));
  }
}
