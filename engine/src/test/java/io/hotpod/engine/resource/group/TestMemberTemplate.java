package io.hotpod.engine.resource.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.template.Parameters;
import io.hotpod.template.PseudoParameters;
import io.hotpod.template.ResourceView;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.TemplateSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TestMemberTemplate {
  private static final JsonMapper JSON = new JsonMapper();

  private static Map<String, JsonNode> member(String properties) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    members.put("0", JSON.readTree("{\"type\": \"T\", \"properties\": " + properties + "}"));
    return members;
  }

  private static TemplateInstance instance(String text, Map<String, JsonNode> parameters) {
    Template template = Template.parse(new TemplateSource("members", text, Map.of()));
    return template.instantiate(
        Parameters.of(template, parameters, new PseudoParameters("", "s", "")));
  }

  /** A value was resolved already; that it looks like a call makes it no call. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1, \"b\": [true, null, 1.5, \"x: y\"]}",
        "{\"a\": {\"get_param\": \"OS::stack_id\"}}",
        "{\"a\": {\"get_file\": {\"str_replace\": {\"template\": 1}}}}",
        "{\"get_attr\": [\"x\", \"y\"]}",
        "{\"a\": [{\"Fn::Join\": 1}, {\"repeat\": {\"get_param\": \"/a\"}}]}",
        "{\"a\": \"\\u00e9 \\ud83d\\ude00 1e3\"}",
      })
  void valuesComeOutAsTheyWentIn(String properties) {
    Map<String, JsonNode> members = member(properties);
    String text = MemberTemplate.write(members, Set.of());

    assertThat(MemberTemplate.read(text)).isEqualTo(members);
    assertThat(instance(text, Map.of()).properties("0", ResourceView.NOTHING).known())
        .isEqualTo(JSON.readTree(properties));
  }

  @Test
  void whatIsNotKnownIsAParameter() {
    Map<String, JsonNode> members =
        member("{\"config\": " + MemberTemplate.unknown("config") + "}");
    String text = MemberTemplate.write(members, Set.of("config"));

    assertThat(
            instance(text, Map.of(MemberTemplate.parameter("config"), JSON.readTree("\"c\"")))
                .properties("0", ResourceView.NOTHING)
                .known()
                .path("config")
                .stringValue())
        .isEqualTo("c");
  }
}
