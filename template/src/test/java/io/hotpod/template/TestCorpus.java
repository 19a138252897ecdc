package io.hotpod.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Templates such as people write them. Each file carries what it should come to, in lines that
 * begin with {@code #|}: parameters and files to give, what has been made, and what then holds.
 */
final class TestCorpus {
  private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");
  private static final String MARK = "#| ";

  static Stream<Path> templates() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files.sorted().toList().stream();
    }
  }

  /** A template and what its file says of it. */
  private record Case(TemplateInstance instance, JsonNode expected, ResourceView made) {
    static Case of(Path file) throws IOException {
      List<String> lines = Files.readAllLines(file);
      JsonNode expected =
          Templates.json(
              lines.stream()
                  .filter(line -> line.startsWith(MARK))
                  .map(line -> line.substring(MARK.length()))
                  .collect(Collectors.joining("\n")));
      String text =
          lines.stream().filter(line -> !line.startsWith(MARK)).collect(Collectors.joining("\n"));
      Map<String, String> files = new HashMap<>();
      expected
          .path("files")
          .propertyStream()
          .forEach(entry -> files.put(entry.getKey(), entry.getValue().stringValue()));
      Template template =
          Template.parse(new TemplateSource(String.valueOf(file.getFileName()), text, files));
      Map<String, JsonNode> given = new HashMap<>();
      expected
          .path("parameters")
          .propertyStream()
          .forEach(entry -> given.put(entry.getKey(), entry.getValue()));
      Parameters parameters = Parameters.of(template, given, Templates.PSEUDO);
      TemplateInstance instance =
          facade(expected.path("facade"))
              .map(facade -> template.instantiate(parameters, facade))
              .orElseGet(() -> template.instantiate(parameters));
      ResourceView made =
          expected.has("made")
              ? MapView.of(expected.path("made").toString())
              : ResourceView.NOTHING;
      return new Case(instance, expected, made);
    }

    private static Optional<ResourceFacade> facade(JsonNode facade) {
      return facade.isMissingNode()
          ? Optional.empty()
          : Optional.of(
              new ResourceFacade(
                  facade.path("metadata"),
                  DeletionPolicy.valueOf(facade.path("deletion_policy").stringValue()),
                  facade.path("update_policy")));
    }

    Stream<Map.Entry<String, JsonNode>> each(String key) {
      return expected.path(key).propertyStream();
    }
  }

  private static List<String> strings(JsonNode list) {
    return list.valueStream().map(JsonNode::stringValue).toList();
  }

  @Test
  void isLargeAndSaysWhatItComesTo() throws IOException {
    List<Path> files = templates().toList();
    assertThat(files).hasSizeGreaterThanOrEqualTo(60);
    int withValues = 0;
    for (Path file : files) {
      JsonNode expected = Case.of(file).expected();
      if (!expected.path("properties").isEmpty() || !expected.path("outputs").isEmpty()) {
        withValues++;
      }
    }
    assertThat(withValues).isGreaterThanOrEqualTo(40);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void comesToWhatItSays(Path file) throws IOException {
    Case each = Case.of(file);
    TemplateInstance instance = each.instance();
    if (each.expected().has("order")) {
      assertThat(instance.order()).isEqualTo(strings(each.expected().path("order")));
    }
    for (String absent : strings(each.expected().path("absent"))) {
      assertThat(instance.resources()).doesNotContainKey(absent);
    }
    each.each("dependencies")
        .forEach(
            entry ->
                assertThat(instance.dependencies(entry.getKey()))
                    .containsExactlyInAnyOrderElementsOf(strings(entry.getValue())));
    each.each("properties")
        .forEach(
            entry -> {
              ResolvedProperties properties = instance.properties(entry.getKey(), each.made());
              assertThat(properties.known()).isEqualTo(entry.getValue());
              assertThat(properties.isComplete()).isTrue();
            });
    each.each("some")
        .forEach(
            entry ->
                entry
                    .getValue()
                    .propertyStream()
                    .forEach(
                        property ->
                            assertThat(
                                    instance
                                        .properties(entry.getKey(), each.made())
                                        .known()
                                        .path(property.getKey()))
                                .isEqualTo(property.getValue())));
    each.each("update_policy")
        .forEach(
            entry ->
                assertThat(instance.updatePolicy(entry.getKey(), each.made()))
                    .isEqualTo(new Resolution.Known(entry.getValue())));
    each.each("deletion_policy")
        .forEach(
            entry ->
                assertThat(instance.deletionPolicy(entry.getKey()))
                    .isEqualTo(DeletionPolicy.valueOf(entry.getValue().stringValue())));
    each.each("external_id")
        .forEach(
            entry ->
                assertThat(instance.externalId(entry.getKey()))
                    .contains(entry.getValue().stringValue()));
    each.each("outputs")
        .forEach(
            entry ->
                assertThat(instance.output(entry.getKey(), each.made()))
                    .isEqualTo(new Resolution.Known(entry.getValue())));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void comesToTheSameInWhateverOrderItIsAsked(Path file) throws IOException {
    Case each = Case.of(file);
    Map<String, String> first = everything(each, each.instance().order());
    Random random = new Random(file.hashCode());
    for (int i = 0; i < 5; i++) {
      List<String> shuffled = new ArrayList<>(each.instance().order());
      Collections.shuffle(shuffled, random);
      assertThat(everything(Case.of(file), shuffled)).isEqualTo(first);
      assertThat(everything(each, shuffled)).isEqualTo(first);
    }
  }

  private static Map<String, String> everything(Case each, List<String> order) {
    Map<String, String> values = new HashMap<>();
    for (String name : order) {
      ResolvedProperties properties = each.instance().properties(name, each.made());
      values.put("properties " + name, properties.known() + " " + properties.unknown());
      values.put("metadata " + name, text(each.instance().metadata(name, each.made())));
    }
    each.instance()
        .outputs()
        .keySet()
        .forEach(
            name -> values.put("output " + name, text(each.instance().output(name, each.made()))));
    return values;
  }

  private static String text(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Known known -> known.value().toString();
      case Resolution.Unknown unknown -> unknown.waitsFor().toString();
    };
  }
}
