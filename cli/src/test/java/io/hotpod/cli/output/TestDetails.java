package io.hotpod.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

final class TestDetails {
  @Test
  void leavesOutWhatIsEmptyAndAlignsTheRest() {
    Details details = new Details();
    details.add("Name", "web");
    details.add("Reason", "");
    details.add("Updated", JsonNodeFactory.instance.nullNode());
    details.add("Restarts", JsonNodeFactory.instance.numberNode(2));
    details.add("Text", "one\ntwo");

    assertThat(details.lines())
        .containsExactly("Name      web", "Restarts  2", "Text      one", "          two");
  }
}
