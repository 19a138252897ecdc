package io.hotpod.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.Engines;
import io.hotpod.template.schema.ResourceSchema;
import io.hotpod.template.schema.SchemaPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/resource-types.md} and the schemas together; {@code make docs} writes it. */
final class TestResourceTypesPage {
  private static final Path PAGE = Path.of("../docs/resource-types.md");
  private static final String HEAD =
      """
      # Resource types

      What templates can use, as the server itself describes it: `make docs` writes this page from the
      schemas. A property that is *changed in place* keeps its resource; a change of another replaces it.

      """;

  @Test
  void thePageSaysWhatTheSchemasSay() throws IOException {
    ResourceTypes types = Engines.offlineTypes();
    List<ResourceSchema> schemas =
        types.names().stream().map(types::get).map(ResourceType::schema).toList();
    String page = HEAD + SchemaPage.of(schemas).stripTrailing() + "\n";
    if ("write".equals(System.getProperty("hotpod.docs"))) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).as("run make docs").hasContent(page);
  }
}
