package io.hotpod.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what PyYAML read before and compares. The tables are in {@code src/test/resources}; the
 * scripts that made them in {@code src/test/python}.
 */
final class TestPyYamlTable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final DocumentReader READER =
      new DocumentReader(Limits.DEFAULT, RepeatedKeys.LAST_COUNTS);

  /** One line of a table. */
  private record Row(String text, String value) {}

  private static List<Row> rows(String table) {
    Path file = Path.of("src/test/resources/io/hotpod/document").resolve(table);
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(cells -> new Row(JSON.readValue(cells[0], String.class), cells[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Test
  void everyScalarIsWhatPyYamlMakesOfIt() {
    List<Row> rows = rows("pyyaml-scalars.tsv");
    List<String> differences = new ArrayList<>();
    for (Row row : rows) {
      String ours = scalar(row.text());
      if (!ours.equals(expected(row))) {
        differences.add("%s: PyYAML %s, here %s".formatted(row.text(), row.value(), ours));
      }
    }

    assertThat(rows).hasSizeGreaterThan(7000);
    assertThat(differences).isEmpty();
  }

  /** What PyYAML gives up on is refused, or the text that it plainly is. */
  private static String expected(Row row) {
    return row.value().equals("!error") ? scalarOrText(row.text()) : normal(row.value());
  }

  private static String scalarOrText(String text) {
    String ours = scalar(text);
    return ours.equals("!refused") ? ours : JSON.writeValueAsString(text);
  }

  private static String normal(String value) {
    return value.equals("!number") ? "!refused" : JSON.readTree(value).toString();
  }

  private static String scalar(String text) {
    try {
      MappingNode root = (MappingNode) READER.read("t", "v: " + text);
      return root.get("v").orElseThrow().toJson().toString();
    } catch (DocumentException refused) {
      return "!refused";
    }
  }

  @Test
  void everyDocumentIsWhatPyYamlMakesOfIt() {
    List<Row> rows = rows("pyyaml-documents.tsv");

    assertThat(rows).hasSizeGreaterThan(40);
    for (Row row : rows) {
      JsonNode expected = JSON.readTree(row.value());
      assertThat(READER.read("t", row.text()).toJson())
          .as(row.text())
          .hasToString(expected.toString());
    }
  }
}
