package io.hotpod.document;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

final class TestDocumentReader {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

  private static String json(String text) {
    return READER.read("t", text).toJson().toString();
  }

  private static String refusal(DocumentReader reader, String text) {
    DocumentException refused =
        catchThrowableOfType(DocumentException.class, () -> reader.read("t", text));
    assertThat(refused).as("refusal of %.100s", text).isNotNull();
    assertThat(refused.problems()).allMatch(problem -> problem.location().isPresent());
    return requireNonNull(refused.getMessage());
  }

  @Test
  void knowsThePlaceOfEveryNode() {
    MappingNode root = (MappingNode) READER.read("t", "a: 1\nb:\n  - x\n  - {ü😀: 2, c: [3]}\n");
    assertThat(root.entry("b").orElseThrow().keyLocation()).contains(new Location("t", 2, 1));
    SequenceNode list = (SequenceNode) root.get("b").orElseThrow();
    assertThat(list.location()).contains(new Location("t", 3, 3));
    MappingNode inner = (MappingNode) list.items().get(1);
    assertThat(inner.location()).contains(new Location("t", 4, 5));
    assertThat(inner.entries().get(0).value().location()).contains(new Location("t", 4, 10));
    assertThat(inner.get("c").orElseThrow().location()).contains(new Location("t", 4, 16));
  }

  @Test
  void knowsThePlaceOfEveryNodeOfJson() {
    MappingNode root =
        (MappingNode) READER.read("t", "{\n\t\"a\": {\"ü😀\": 1e5,\n \"b\": [true]}}");
    MappingNode inner = (MappingNode) root.get("a").orElseThrow();
    assertThat(inner.location()).contains(new Location("t", 2, 7));
    assertThat(inner.entries().get(0).value())
        .isEqualTo(
            new ScalarNode(
                JsonNodeFactory.instance.numberNode(100000.0),
                "1e5",
                Optional.of(new Location("t", 2, 14))));
    assertThat(inner.entry("b").orElseThrow().keyLocation()).contains(new Location("t", 3, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": 1e5, "a2": "\\u00fc\\/"} | {"a":100000.0,"a2":"ü/"}
          {a: 1e5, b: yes} | {"a":"1e5","b":true}
          {yes: 1, 080: 2, 1.50: 3} | {"yes":1,"080":2,"1.50":3}
          [] | []
          "x" | "x"
          {a: &a [1, 2], b: *a} | {"a":[1,2],"b":[1,2]}
          {a: &a {x: 1, y: 2}, b: {y: 3, <<: *a, z: 4}} | {"a":{"x":1,"y":2},"b":{"x":1,"y":3,"z":4}}
          {<<: [{x: 1}, {x: 2, y: 2}]} | {"x":1,"y":2}
          {"<<": 1} | {"<<":1}
          {a: &a 1, b: &a 2, c: *a} | {"a":1,"b":2,"c":2}
          """)
  void reads(String text, String expected) {
    assertThat(json(text)).isEqualTo(expected);
  }

  @Test
  void readsBlockTextsAndAByteOrderMark() {
    assertThat(json("\uFEFF---\na: |\n  x\n  y\nb: >-\n  x\n  y\n...\n"))
        .isEqualTo("{\"a\":\"x\\ny\\n\",\"b\":\"x y\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: 1~b: 2~a: 3 | t:3:1: the key "a" was already given at t:1:1
          {"a": 1,~ "a": 2} | t:2:2: the key "a" was already given at t:1:2
          a: b: c | t:1:5: a colon is not allowed here; indent the line like its neighbours, or quote a value that holds ": "
          a:~  - x~ - y | t:3:2: this line does not fit the indentation above it
          a: [1, 2~b: 3 | t:2:2: a comma or the closing ] of this list is missing; it was opened at t:1:4
          a: {x: 1~b: 3 | t:2:2: a comma or the closing } of this map is missing; it was opened at t:1:4
          {"a": 1 "b": 2} | t:1:12: a comma or the closing } of this map is missing; it was opened at t:1:1
          a: "x | t:1:4: this quoted text is never closed
          a: "\\q" | t:1:6: this backslash escape is not known; double the backslash, or use single quotes
          a: "x~ \\x | t:2:2: this backslash escape is not known; double the backslash, or use single quotes
          a: "\\UFFFFFFFF" | t:1:5: this backslash escape is not known; double the backslash, or use single quotes
          a:~TABb: 1 | t:2:1: a tab indents this line; use spaces
          a: 1~bcd~e: 2 | t:2:1: a key stands here without the colon that must follow it
          a: *b | t:1:4: *b repeats a value that nothing above marks with &b
          {web: &web 1, b: *wbe} | t:1:18: *wbe repeats a value that nothing above marks with &wbe; did you mean "web"?
          a: &a [*a] | t:1:8: *a stands inside the value that it repeats
          a: 1~---~b: 2 | t:2:1: a second document begins here; only one is read
          {? [a] : 1} | t:1:4: a key must be plain text, but this one is a list
          {: 1} | t:1:2: a key or a value is missing here
          ?~: 1 | t:1:2: a key is missing before this colon
          <<: 1 | t:1:5: << merges a map or a list of maps, but this is a number
          <<: [1] | t:1:6: << merges maps, but this item of its list is a number
          !x [1] | t:1:1: the tag !x is not known here
          !!set {a} | t:1:1: the tag !!set is not known here
          {"a": 1e999} | t:1:7: this number is too large
          a: BELL | t:1:4: the character U+0007 is not allowed in YAML
          """)
  void refusesWithThePlaceInPlainWords(String text, String message) {
    String real = text.replace('~', '\n').replace("TAB", "\t").replace("BELL", "\u0007");
    assertThat(refusal(READER, real)).isEqualTo(message);
  }

  @Test
  void aRepeatedKeyIsAWarningWhereHeatTakesTheLast() {
    ReadDocument read =
        new DocumentReader(Limits.DEFAULT, RepeatedKeys.LAST_COUNTS)
            .readWithWarnings("t", "a: 1\nb: {c: 2, c: 3}\na: 4\n");

    assertThat(read.root().toJson()).hasToString("{\"a\":4,\"b\":{\"c\":3}}");
    assertThat(read.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "t:2:11: the key \"c\" was already given at t:2:5; this one counts",
            "t:3:1: the key \"a\" was already given at t:1:1; this one counts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\": \"x\\u0000\"}", "a: \"x\\0\"", "a: \"\\ud83d\"", "{\"\\u0000\": 1}"})
  void refusesWhatIsNoCharacterEvenWhenEscaped(String text) {
    assertThat(refusal(READER, text)).contains("which is not a character");
  }

  @Test
  void refusesBytesThatAreNotUtf8WithTheirPlace() {
    byte[] bytes = "a: 1\nb: ü?x\n".getBytes(StandardCharsets.UTF_8);
    bytes[10] = (byte) 0xff;
    DocumentException refused =
        catchThrowableOfType(DocumentException.class, () -> READER.read("t", bytes));
    assertThat(refused).hasMessage("t:2:5: the byte 0xFF is not UTF-8; save the file as UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a: %s", "a: '%s'", "a: \"%s\"", "{\"a\": \"%s\"}", "a: |\n  %s", "%s: 1", "? %s"})
  void refusesAMegabyteOfOneText(String form) {
    String text = form.formatted("x".repeat(1024 * 1024));
    assertInTime(() -> assertThat(refusal(READER, text)).matches("t:\\d+:\\d+: .*(long|1024).*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "# only a comment\n", "---\n", "---\n...\n"})
  void refusesAnEmptyText(String text) {
    assertThat(refusal(READER, text)).isEqualTo("t:1:1: the text is empty");
  }

  @Test
  void tellsAllRepeatedKeysAtOnce() {
    assertThat(refusal(READER, "a: {b: 1, b: 2}\na: 3\nc: .inf\n").lines()).hasSize(3);
  }

  @Test
  void refusesTenMegabytesBeforeReadingThem() {
    String text = "a: [" + "1,".repeat(5 * 1024 * 1024);
    assertInTime(() -> assertThat(refusal(READER, text)).contains("larger than 2097152 bytes"));
  }

  @Test
  void countsBytesNotCharacters() {
    DocumentReader reader = new DocumentReader(new Limits(10, 5, 10, 10));
    assertThat(reader.read("t", "😀: é").kind()).isEqualTo("a map");
    assertThat(refusal(reader, "😀: éé€")).contains("larger than 10 bytes");
  }

  @Test
  void refusesAnAliasBombQuickly() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
    }
    assertInTime(
        () ->
            assertThat(refusal(READER, bomb.toString()))
                .contains("with its aliases expanded, the text holds more than 500000 values"));
  }

  @Test
  void refusesABombOfMerges() {
    StringBuilder bomb = new StringBuilder("a0: &a0 {x: [1, 2, 3, 4, 5, 6, 7, 8, 9]}\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d {".formatted(i, i));
      for (int j = 0; j < 9; j++) {
        bomb.append("k").append(j).append(": {<<: *a").append(i - 1).append("}, ");
      }
      bomb.append("}\n");
    }
    assertInTime(() -> assertThat(refusal(READER, bomb.toString())).contains("500000 values"));
  }

  @Test
  void refusesABombOfOneLongText() {
    String bomb = "a: &a " + "x".repeat(100_000) + "\nb: [" + "*a, ".repeat(400_000) + "]\n";
    assertInTime(
        () -> assertThat(refusal(READER, bomb)).contains("larger than 8388608 characters"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "- ", "? ", "{a: "})
  void refusesDeepNesting(String opening) {
    assertInTime(
        () ->
            assertThat(refusal(READER, opening.repeat(100_000)))
                .contains("nested deeper than 100 levels"));
  }

  @Test
  void countsTheDepthOfAliases() {
    StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 200; i++) {
      text.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
    }
    assertThat(refusal(READER, text.toString())).contains("nested deeper than 100 levels");
  }

  @Property(tries = 3000)
  void neverFailsInAnotherWay(@ForAll("texts") String text) {
    try {
      assertThat(READER.read("t", text).toJson()).isNotNull();
    } catch (DocumentException refused) {
      assertThat(refused.problems()).allMatch(problem -> problem.location().isPresent());
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "b", ": ", ":", "\n", "  ", "- ", "[", "]", "{", "}", ",", "\"", "'", "&a ", "*a",
            "<<", "|\n", ">", "#", "!!int ", "!", "0x", "1", ".", "_", "?", "\t", "%", "---\n",
            "\\", "é", "😀", "\u0000", "\ud800", "~", "true", "@", "`", "\r")
        .list()
        .ofMaxSize(25)
        .map(parts -> String.join("", parts));
  }

  /** By the processor's clock, so that a busy machine does not count. */
  private static void assertInTime(Runnable work) {
    long start = processorTime();
    work.run();
    assertThat(Duration.ofNanos(processorTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
