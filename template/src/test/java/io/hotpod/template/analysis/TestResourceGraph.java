package io.hotpod.template.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.template.Parameters;
import io.hotpod.template.PseudoParameters;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

final class TestResourceGraph {
  private static final String TEMPLATE =
      """
      heat_template_version: 2021-04-16
      parameters: {active: {type: boolean, default: false}}
      conditions: {c: {get_param: active}}
      resources:
        web: {type: 'T::Web', properties: {v: {get_resource: config}, w: {get_attr: [db, x]}}}
        db: {type: 'T::Db', depends_on: config}
        config: {type: 'T::Config'}
        other: {type: 'T::<b>"&', condition: c}
      """;

  private static ResourceGraph graph(Map<String, JsonNode> values) {
    Template template = Template.parse(new TemplateSource("t", TEMPLATE, Map.of()));
    return ResourceGraph.of(
        template.instantiate(Parameters.of(template, values, new PseudoParameters("", "s", ""))));
  }

  private static ResourceGraph everything() {
    return graph(Map.of("active", JsonNodeFactory.instance.booleanNode(true)));
  }

  @Test
  void standsInLayersByWhatIsNeeded() {
    assertThat(graph(Map.of()).layers())
        .containsExactly(List.of("config"), List.of("db"), List.of("web"));
    assertThat(everything().layers().getFirst()).containsExactly("config", "other");
  }

  @Test
  void isPrintedForATerminal() {
    assertThat(GraphText.of(graph(Map.of())))
        .isEqualTo(
            """
            1  config  T::Config
            2  db      T::Db      needs config
            3  web     T::Web     needs config, db
            """);
  }

  @Test
  void isPrintedForGraphviz() {
    assertThat(GraphDot.of(everything()))
        .startsWith("digraph template {\n")
        .contains(
            "  \"config\" -> \"db\";\n",
            "  \"db\" -> \"web\";\n",
            "[label=\"other\\nT::<b>\\\"&\"]")
        .endsWith("}\n");
  }

  @Test
  void isDrawnWithEveryResourceAndWithoutArrowsThatFollowFromOthers() throws Exception {
    byte[] svg = GraphSvg.of(everything()).getBytes(StandardCharsets.UTF_8);
    Document picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg));

    NodeList texts = picture.getElementsByTagName("text");
    assertThat(texts.getLength()).isEqualTo(8);
    assertThat(picture.getDocumentElement().getTextContent()).contains("T::<b>\"&");
    // The tip of arrows, config to db, and db to web; that web needs config follows from them.
    assertThat(picture.getElementsByTagName("path").getLength()).isEqualTo(3);
  }

  @Test
  void drawsAThousandResources() {
    StringBuilder text =
        new StringBuilder("heat_template_version: 2021-04-16\nresources:\n  r0: {type: T}\n");
    for (int i = 1; i < 1000; i++) {
      text.append("  r%d: {type: T, depends_on: [r%d, r%d]}\n".formatted(i, i / 2, i / 3));
    }
    Template template = Template.parse(new TemplateSource("t", text.toString(), Map.of()));
    ResourceGraph graph =
        ResourceGraph.of(
            template.instantiate(
                Parameters.of(template, Map.of(), new PseudoParameters("", "s", ""))));

    assertThat(GraphSvg.of(graph)).contains("r999");
  }
}
