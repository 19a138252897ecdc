package io.hotpod.template.environment;

import static io.hotpod.template.Promptly.inASecond;
import static io.hotpod.template.environment.Environments.problems;
import static io.hotpod.template.environment.Environments.registry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.document.DocumentException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestResourceRegistry {
  private static final Set<String> TYPES =
      Set.of("OS::Heat::None", "OS::Heat::Value", "OS::Nova::Server", "OS::Neutron::Port");

  private static String resolve(String entries, String type, String resource) {
    Optional<MappedType> mapped = registry(entries).resolve(type, resource, TYPES::contains);
    return mapped
        .map(
            found ->
                switch (found) {
                  case MappedType.Implemented implemented -> implemented.type();
                  case MappedType.Nested nested -> "template " + nested.template();
                })
        .orElse("nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|OS::Heat::None|OS::Heat::None",
        "{}|My::Type|nothing",
        "{}|my.yaml|template my.yaml",
        "{}|http://host/my.template|template http://host/my.template",
        "{}|my.json|nothing",
        // Exact entries.
        "{My::Type: 'OS::Heat::None'}|My::Type|OS::Heat::None",
        "{My::Type: my.yaml}|My::Type|template my.yaml",
        "{My::Type: 'Other::Type', Other::Type: o.yaml}|My::Type|template o.yaml",
        "{'OS::Nova::Server': s.yaml}|OS::Nova::Server|template s.yaml",
        // A mapping to what nobody has is passed over.
        "{'OS::Nova::Server': 'No::Such'}|OS::Nova::Server|OS::Nova::Server",
        "{My::Type: 'No::Such'}|My::Type|nothing",
        // A name that is a template's stays one, whatever the registry says.
        "{my.yaml: other.yaml}|my.yaml|template my.yaml",
        // Prefixes.
        "{'OS::Networking::*': 'OS::Neutron::*'}|OS::Networking::Port|OS::Neutron::Port",
        "{'OS::Networking::*': 'OS::Neutron::*'}|OS::Networking::Net|nothing",
        "{'OS::*': 'OS::Heat::None'}|OS::Anything::Else|OS::Heat::None",
        "{'OS::*': 'OS::Heat::None'}|OS::Nova::Server|OS::Heat::None",
        "{'OS::*': 'OS::Heat::None'}|OS::Heat::None|OS::Heat::None",
        "{'OS::*': all.yaml}|OS::Any|template all.yaml",
        "{'*': 'OS::Heat::None'}|Anything|OS::Heat::None",
        // Exact before prefix, longer prefix before shorter.
        "{'OS::*': a.yaml, 'OS::Nova::Server': b.yaml}|OS::Nova::Server|template b.yaml",
        "{'OS::*': a.yaml, 'OS::Nova::*': b.yaml}|OS::Nova::Server|template b.yaml",
        // For one resource only.
        "{resources: {web: {My::Type: w.yaml}}}|My::Type|template w.yaml",
        "{resources: {db: {My::Type: w.yaml}}}|My::Type|nothing",
        "{My::Type: a.yaml, resources: {web: {My::Type: w.yaml}}}|My::Type|template w.yaml",
        "{resources: {'w*': {My::Type: w.yaml}}}|My::Type|template w.yaml",
        "{resources: {'w*': {My::Type: g.yaml}, web: {My::Type: w.yaml}}}|My::Type|template w.yaml",
        // Null takes out what stood before it in the text.
        "{My::Type: a.yaml, 'My::*': null}|My::Type|nothing",
        "{'My::*': null, My::Type: a.yaml}|My::Type|template a.yaml",
      })
  void aTypeStandsFor(String entries, String type, String expected) {
    assertThat(resolve(entries, type, "web")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{A: A}|these mappings lead back to themselves: A -> A",
        "{A: B, B: A}|these mappings lead back to themselves: A -> B -> A",
        "{resources: {web: {A: B}}, B: A}|these mappings lead back to themselves: A -> B -> A",
      })
  void aCircleIsRefusedWhenTheEnvironmentIsRead(String entries, String message) {
    assertThat(problems("resource_registry: " + entries))
        .isNotEmpty()
        .allMatch(problem -> problem.startsWith("1.yaml:1:"))
        .anyMatch(problem -> problem.contains(message));
  }

  @Test
  void prefixesThatComeToNoEndAreRefusedWhenTheyAreUsed() {
    assertThatThrownBy(() -> resolve("{'A::*': 'A::B::*'}", "A::C", "web"))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("1.yaml:1:29")
        .hasMessageContaining("these mappings come to no end: A::C -> A::B::C");
  }

  @Test
  void aLongCircleIsRefusedFast() {
    StringBuilder entries = new StringBuilder("{");
    for (int i = 0; i < 20_000; i++) {
      entries.append("T").append(i).append(": T").append((i + 1) % 20_000).append(", ");
    }
    inASecond(
        () ->
            assertThat(problems("resource_registry: " + entries + "}"))
                .first()
                .asString()
                .startsWith("1.yaml:1:"));
  }

  @Test
  void insideAResourceItsOwnEntriesComeToTheTop() {
    Environment inside =
        Environments.merged(
                """
                parameter_defaults: {d: 1}
                parameters: {p: 1}
                resource_registry:
                  My::Type: my.yaml
                  Other: other.yaml
                  resources:
                    web:
                      Leaf: leaf.yaml
                      hooks: pre-create
                      inner: {Leaf: inner.yaml, hooks: post-create}
                    "w*": {inner: {restricted_actions: update}, "?x": {hooks: pre-delete}}
                    db: {inner: {Leaf: db.yaml}}
                """)
            .within(
                "web",
                new MappedType.Nested("my.yaml", List.of("My::Type"), Optional.empty()),
                Map.of());

    assertThat(inside.parameters()).isEmpty();
    assertThat(inside.parameterDefaults()).containsOnlyKeys("d");
    assertThat(inside.registry().toJson())
        .hasToString(
            "{\"Other\":\"other.yaml\",\"resources\":{\"Leaf\":\"leaf.yaml\","
                + "\"inner\":{\"Leaf\":\"inner.yaml\",\"hooks\":[\"post-create\"]},\"?x\":{\"hooks\":[\"pre-delete\"]}}}");
    assertThat(inside.registry().hooks("ax")).containsExactly(Hook.PRE_DELETE);
    assertThat(inside.registry().restrictedActions("inner")).isEmpty();
  }

  @Test
  void aTemplateMayUseTheTypeThatItStandsFor() {
    Environment outside =
        Environments.merged("resource_registry: {'OS::Nova::Server': server.yaml}");
    MappedType.Nested found =
        (MappedType.Nested)
            outside.registry().resolve("OS::Nova::Server", "s", TYPES::contains).orElseThrow();

    assertThat(
            outside
                .within("s", found, Map.of())
                .registry()
                .resolve("OS::Nova::Server", "s", TYPES::contains))
        .hasValue(new MappedType.Implemented("OS::Nova::Server"));
  }

  @Test
  void theOrderOfPatternsIsPartOfIt() {
    String one = "{resources: {'w*': {hooks: pre-create}, '*b': {hooks: pre-delete}}}";
    String other = "{resources: {'*b': {hooks: pre-delete}, 'w*': {hooks: pre-create}}}";
    assertThat(registry(one)).isEqualTo(registry(one)).isNotEqualTo(registry(other));
  }

  @ParameterizedTest
  @CsvSource({
    "web,web,true", "web,webs,false", "*,web,true", "'',web,false", "w*b,web,true",
    "w*b,wb,true", "w?b,web,true", "w?b,wb,false", "*_a,x_a,true", "*_a,x_b,false",
    "[ab]x,ax,true", "[ab]x,cx,false", "[!ab]x,cx,true", "[!ab]x,ax,false", "[a-c]x,bx,true",
    "[a-c]x,dx,false", "[x,[x,true", "a*b*c,aXbYc,true", "a*b*c,aXcYb,false", "**,a,true",
    "Web,web,false", "[]]x,]x,true",
  })
  void namesMatchAsInAShell(String pattern, String name, boolean matches) {
    assertThat(NamePattern.matches(pattern, name)).isEqualTo(matches);
  }

  @Test
  void noPatternIsSlow() {
    String pattern = "*a".repeat(200) + "b";
    inASecond(() -> assertThat(NamePattern.matches(pattern, "a".repeat(20_000))).isFalse());
  }

  @Test
  void waysThatEndNowhereAreWalkedOnce() {
    String chain =
        IntStream.range(0, 26)
            .mapToObj(i -> "T%d: T%d".formatted(i, i + 1))
            .collect(Collectors.joining(", "));
    ResourceRegistry registry = registry("{%s, resources: {'*': {%s}}}".formatted(chain, chain));
    inASecond(() -> assertThat(registry.resolve("T0", "r", TYPES::contains)).isEmpty());
  }
}
