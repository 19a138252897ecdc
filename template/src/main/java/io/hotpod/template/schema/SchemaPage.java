package io.hotpod.template.schema;

import io.hotpod.template.Constraint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Resource types as a page of documentation in Markdown. */
public final class SchemaPage {
  private final StringBuilder page = new StringBuilder();

  private SchemaPage() {}

  /** One section for each type that is shown, in the order given, without a heading above them. */
  public static String of(Collection<ResourceSchema> schemas) {
    SchemaPage page = new SchemaPage();
    schemas.stream()
        .filter(schema -> schema.support().status() != SupportStatus.Status.HIDDEN)
        .forEach(page::section);
    return page.page.toString();
  }

  private void section(ResourceSchema schema) {
    page.append("## ").append(schema.type()).append("\n\n").append(schema.description());
    page.append("\n\n");
    support(schema.support()).ifPresent(words -> page.append("*").append(words).append("*\n\n"));
    if (schema.open()) {
      page.append("Takes any property and has any attribute.\n\n");
    }
    if (!schema.properties().isEmpty()) {
      page.append("| property | type | | |\n|---|---|---|---|\n");
      schema.properties().values().forEach(property -> row("", property));
      page.append('\n');
    }
    if (!schema.attributes().isEmpty()) {
      page.append("| attribute | type | |\n|---|---|---|\n");
      for (AttributeDefinition attribute : schema.attributes().values()) {
        page.append(
            "| `%s` | %s | %s |\n"
                .formatted(
                    attribute.name(),
                    attribute.type().orElse(PropertyType.ANY).heatName(),
                    cell(described(attribute.description(), attribute.support()))));
      }
      page.append('\n');
    }
  }

  private void row(String above, PropertyDefinition property) {
    String name = above + property.name();
    page.append(
        "| `%s` | %s | %s | %s |\n"
            .formatted(
                name,
                property.type().heatName(),
                cell(rules(property)),
                cell(described(property.description(), property.support()))));
    property
        .nested()
        .ifPresent(
            nested -> {
              switch (nested) {
                case NestedSchema.Keys keys ->
                    keys.properties().values().forEach(key -> row(name + ".", key));
                case NestedSchema.Each each -> row(name + ".", each.item());
              }
            });
  }

  private static String rules(PropertyDefinition property) {
    List<String> rules = new ArrayList<>();
    if (property.required()) {
      rules.add("required");
    }
    if (property.updateAllowed()) {
      rules.add("changed in place");
    }
    if (property.immutable()) {
      rules.add("cannot be changed");
    }
    property.defaultValue().ifPresent(value -> rules.add("default `" + value + "`"));
    property.constraints().forEach(constraint -> rules.add(rule(constraint)));
    return String.join("; ", rules);
  }

  private static String rule(Constraint constraint) {
    JsonNode rule = ConstraintJson.of(constraint).path(constraint.keyword());
    return switch (constraint.keyword()) {
      case "length" -> "length " + bounds(rule);
      case "range" -> bounds(rule);
      case "allowed_values" ->
          rule.valueStream()
              .map(value -> "`" + value.asString("") + "`")
              .collect(Collectors.joining(", "));
      case "allowed_pattern" -> "matches `" + rule.asString("") + "`";
      default -> constraint.keyword() + " `" + rule + "`";
    };
  }

  private static String bounds(JsonNode rule) {
    if (!rule.has("max")) {
      return "at least " + rule.path("min");
    }
    return rule.has("min")
        ? rule.path("min") + " to " + rule.path("max")
        : "at most " + rule.path("max");
  }

  private static String described(String description, SupportStatus support) {
    return description + support(support).map(words -> " *" + words + "*").orElse("");
  }

  private static Optional<String> support(SupportStatus support) {
    String message = support.message().isEmpty() ? "" : ": " + support.message();
    return switch (support.status()) {
      case SUPPORTED, HIDDEN, UNKNOWN -> Optional.empty();
      case DEPRECATED -> Optional.of("Deprecated" + message);
      case UNSUPPORTED -> Optional.of("Not supported" + message);
    };
  }

  /** A bar would end the cell. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
