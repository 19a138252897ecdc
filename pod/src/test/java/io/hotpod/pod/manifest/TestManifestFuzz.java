package io.hotpod.pod.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.DocumentException;
import io.hotpod.pod.PodJson;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** However a manifest is damaged, reading it gives a pod or problems, and nothing else. */
@Tag("fuzz")
final class TestManifestFuzz {
  private static final List<ManifestFixture> FIXTURES = ManifestFixture.all().toList();
  private static final List<String> PIECES =
      List.of(
          "",
          "null",
          "~",
          "[]",
          "{}",
          "\"\"",
          "-1",
          "0",
          "1e999",
          "1x",
          "99999999999999999999",
          "true",
          "{get_input: x}",
          "[[[]]]",
          "{a: {b: c}}",
          "&a",
          "*a",
          "<<: *a",
          "\t",
          "\n",
          "  ",
          ": ",
          "- ",
          "---\n",
          "#",
          "\u0000",
          "\uD800",
          "ı",
          "$(A)",
          "name",
          "containers",
          "value",
          "|\n",
          "!!binary aGk=",
          "!x y",
          "? ",
          "%YAML 9.9\n",
          "\u2028",
          "0777",
          "1:30:00",
          "2026-11-23");

  /** One change of a text: what stands in a range is replaced by a piece. */
  record Edit(int at, int length, String piece) {
    String apply(String text) {
      int from = text.isEmpty() ? 0 : at % text.length();
      int to = Math.min(text.length(), from + length);
      return text.substring(0, from) + piece + text.substring(to);
    }
  }

  @Property(tries = 4000)
  void damagedTextIsReadOrRefused(@ForAll("damaged") String text) {
    try {
      PodManifest manifest = PodManifest.read("damaged.yaml", text, ManifestContext.NONE);
      PodManifest again =
          PodManifest.read("again.json", PodJson.write(manifest.pod()), ManifestContext.NONE);
      assertThat(again.digest()).isEqualTo(manifest.digest());
    } catch (DocumentException refusal) {
      assertThat(refusal.problems())
          .isNotEmpty()
          .allMatch(problem -> !problem.message().isBlank())
          .allMatch(problem -> problem.location().isPresent());
    }
  }

  @Provide
  Arbitrary<String> damaged() {
    Arbitrary<Edit> edit =
        Combinators.combine(
                Arbitraries.integers().between(0, 5000),
                Arbitraries.of(0, 0, 1, 1, 2, 5, 20),
                Arbitraries.oneOf(
                    Arbitraries.of(PIECES), Arbitraries.strings().ofMaxLength(3).ascii()))
            .as(Edit::new);
    return Combinators.combine(Arbitraries.of(FIXTURES), edit.list().ofMinSize(1).ofMaxSize(3))
        .as(
            (fixture, edits) -> {
              String text = fixture.text();
              for (Edit each : edits) {
                text = each.apply(text);
              }
              return text;
            });
  }
}
