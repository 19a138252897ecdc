package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class TestResources {
  private final ServerFixture fixture = new ServerFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void detailsOfAllResourcesAreReadAtOnce() {
    String path = fixture.createStack("detailed");

    JsonNode list = json(fixture.call("GET", path + "/resources?with_detail=true"));

    assertThat(list.path("resources")).hasSize(2);
    for (JsonNode resource : list.path("resources")) {
      assertThat(resource.path("attributes").path("value").asString("")).isEqualTo("secret");
      assertThat(resource.path("description").asString(""))
          .isEqualTo("what " + resource.path("resource_name").asString("") + " is for");
    }
    assertThat(fixture.engine.stacks.detailsRead()).as("once for the stack").isEqualTo(1);
  }

  @Test
  void aListWithoutDetailsReadsNone() {
    String path = fixture.createStack("plain");

    JsonNode list = json(fixture.call("GET", path + "/resources"));

    assertThat(list.path("resources").get(0).has("attributes")).isFalse();
    assertThat(fixture.engine.stacks.detailsRead()).isZero();
  }

  @Test
  void aResourceIsShownWithWhatItIsFor() {
    JsonNode resource =
        json(fixture.call("GET", fixture.createStack("shown") + "/resources/front"))
            .path("resource");

    assertThat(resource.path("description").asString("")).isEqualTo("what front is for");
    assertThat(resource.path("attributes").path("value").asString("")).isEqualTo("secret");
  }
}
