package io.hotpod.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class TestNodes {
  @Test
  void keepsTheValueAndKnowsNoPlace() {
    JsonNode value =
        new DocumentReader(Limits.DEFAULT)
            .read("t", "{\"a\": [1, 2.5, null, \"x\", true], \"b\": {}}")
            .toJson();
    Node node = Nodes.of(value);
    assertThat(node.toJson()).isEqualTo(value);
    assertThat(node.location()).isEmpty();
    SequenceNode list = (SequenceNode) ((MappingNode) node).get("a").orElseThrow();
    assertThat(list.items())
        .extracting(item -> ((ScalarNode) item).text())
        .containsExactly("1", "2.5", "null", "x", "true");
  }
}
