package io.hotpod.template.analysis;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.template.Expression;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.Template;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.ResourceSchema;
import io.hotpod.template.schema.SupportStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds types and properties that will not be there for ever. */
final class DeprecatedUse {
  private DeprecatedUse() {}

  static List<Problem> of(Template template, Function<String, Optional<ResourceSchema>> schemas) {
    List<Problem> warnings = new ArrayList<>();
    for (ResourceDefinition resource : template.resources().values()) {
      schemas
          .apply(resource.type())
          .ifPresent(
              schema -> {
                check(
                    schema.support(),
                    resource.location(),
                    resource.place().path(),
                    "the type " + schema.type(),
                    warnings);
                properties(resource, schema, warnings);
              });
    }
    return warnings;
  }

  private static void properties(
      ResourceDefinition resource, ResourceSchema schema, List<Problem> warnings) {
    Expression properties = resource.properties();
    if (!(properties instanceof Expression.MapExpression map)) {
      return;
    }
    for (Expression.MapExpression.Entry entry : map.entries()) {
      PropertyDefinition definition = schema.properties().get(entry.key());
      if (definition != null) {
        check(
            definition.support(),
            entry.keyLocation(),
            entry.value().place().path(),
            "the property " + entry.key(),
            warnings);
      }
    }
  }

  private static void check(
      SupportStatus support,
      Optional<Location> location,
      String path,
      String what,
      List<Problem> warnings) {
    if (support.status() == SupportStatus.Status.DEPRECATED) {
      warnings.add(
          new Problem(
              location,
              path,
              what + " is deprecated",
              Optional.of(support.message()).filter(words -> !words.isEmpty())));
    }
  }
}
