package io.hotpod.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TestLanguage {
  private static Set<String> values(TemplateVersion version) {
    return keywords(Stream.of(Language.Function.values()).filter(f -> f.isInValuesOf(version)));
  }

  private static Set<String> conditions(TemplateVersion version) {
    return keywords(Stream.of(Language.Function.values()).filter(f -> f.isInConditionsOf(version)));
  }

  private static Set<String> keywords(Stream<Language.Function> functions) {
    return functions.map(Language.Function::keyword).collect(Collectors.toCollection(TreeSet::new));
  }

  /** What each version adds to the one before it, and what it takes away. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2014-10-16 | | Fn::Base64 Fn::GetAZs Fn::Join Fn::MemberListToMap Fn::Replace Fn::ResourceFacade Fn::Split Ref
          2015-04-30 | digest repeat |
          2015-10-15 | str_split | Fn::Select
          2016-04-08 | map_merge |
          2016-10-14 | if map_replace yaql |
          2017-02-24 | filter str_replace_strict |
          2017-09-01 | contains list_concat list_concat_unique make_url str_replace_vstrict |
          2018-03-02 | |
          2018-08-31 | |
          2021-04-16 | |
          """)
  void changesFromVersionToVersion(String date, @Nullable String added, @Nullable String removed) {
    TemplateVersion version = TemplateVersion.of(date).orElseThrow();
    Set<String> expected = new TreeSet<>(values(version.before()));
    expected.addAll(words(added));
    expected.removeAll(words(removed));
    assertThat(values(version)).isEqualTo(expected);
  }

  private static Set<String> words(@Nullable String text) {
    return text == null ? Set.of() : Set.of(text.split(" ", -1));
  }

  @Test
  void beginsWithTheseFunctions() {
    assertThat(values(TemplateVersion.V2013_05_23))
        .containsExactlyInAnyOrder(
            "get_param",
            "get_resource",
            "get_attr",
            "get_file",
            "resource_facade",
            "list_join",
            "str_replace",
            "Ref",
            "Fn::Base64",
            "Fn::GetAZs",
            "Fn::Join",
            "Fn::MemberListToMap",
            "Fn::Replace",
            "Fn::ResourceFacade",
            "Fn::Select",
            "Fn::Split");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2013-05-23 |
          2016-04-08 |
          2016-10-14 | and equals get_param not or
          2017-02-24 | and equals get_param not or
          2017-09-01 | and contains equals get_param not or yaql
          2021-04-16 | and contains equals get_param not or yaql
          """)
  void hasTheseFunctionsInConditions(String date, @Nullable String functions) {
    assertThat(conditions(TemplateVersion.of(date).orElseThrow())).isEqualTo(words(functions));
  }

  @ParameterizedTest
  @CsvSource({
    "newton, 2016-10-14",
    "ocata, 2017-02-24",
    "pike, 2017-09-01",
    "queens, 2018-03-02",
    "rocky, 2018-08-31",
    "wallaby, 2021-04-16"
  })
  void knowsReleasesByName(String release, String date) {
    assertThat(TemplateVersion.of(release)).isEqualTo(TemplateVersion.of(date));
  }

  @ParameterizedTest
  @EnumSource(TemplateVersion.class)
  void refusesWhatAVersionLacks(TemplateVersion version) {
    for (Language.Function function : Language.Function.values()) {
      if (function.isOfValues() && !function.isInValuesOf(version)) {
        assertThat(
                Templates.refusal(
                    () ->
                        Templates.parse(
                            "heat_template_version: %s\noutputs: {o: {value: {\"%s\": [a, b]}}}"
                                .formatted(version.date(), function.keyword()))))
            .contains(
                "The function " + function.keyword() + " is not supported in this version of HOT.")
            .endsWith(function.keyword() + " is in " + function.versionsInValues());
      }
    }
  }

  @Test
  void describesEveryFunction() {
    for (Language.Function function : Language.Function.values()) {
      assertThat(function.description()).isNotBlank();
    }
  }
}
