package io.hotpod.template.analysis;

import io.hotpod.document.Problem;
import io.hotpod.document.Suggestions;
import io.hotpod.template.Expression;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.Template;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.ResourceSchema;
import io.hotpod.template.schema.SupportStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Finds {@code get_attr} of attributes that a resource will never have, or not for long. */
public final class ReferencedAttributes implements TemplateVisitor {
  private final Template template;
  private final Function<ResourceDefinition, Optional<ResourceSchema>> schemas;
  private final List<Problem> unknown = new ArrayList<>();
  private final List<Problem> deprecated = new ArrayList<>();

  private ReferencedAttributes(
      Template template, Function<ResourceDefinition, Optional<ResourceSchema>> schemas) {
    this.template = template;
    this.schemas = schemas;
  }

  private static ReferencedAttributes in(
      Template template, Function<ResourceDefinition, Optional<ResourceSchema>> schemas) {
    ReferencedAttributes attributes = new ReferencedAttributes(template, schemas);
    new TemplateWalk(attributes).through(template);
    return attributes;
  }

  /**
   * Attributes that will never be known.
   *
   * @param schemas of the resources whose types are known; nothing is said of others
   */
  public static List<Problem> unknown(
      Template template, Function<ResourceDefinition, Optional<ResourceSchema>> schemas) {
    return in(template, schemas).unknown;
  }

  /** Attributes that a later version will not have. */
  static List<Problem> deprecated(
      Template template, Function<ResourceDefinition, Optional<ResourceSchema>> schemas) {
    return in(template, schemas).deprecated;
  }

  @Override
  public void expression(Expression expression) {
    if (expression instanceof Expression.GetAttr call) {
      Optional<String> resource = written(call.resource());
      Optional<String> attribute = call.attribute().flatMap(ReferencedAttributes::written);
      if (resource.isPresent() && attribute.isPresent()) {
        check(call, resource.orElseThrow(), attribute.orElseThrow());
      }
    }
  }

  private void check(Expression.GetAttr call, String resource, String attribute) {
    Optional<ResourceSchema> schema =
        Optional.ofNullable(template.resources().get(resource)).flatMap(schemas);
    if (schema.isEmpty()) {
      return;
    }
    ResourceSchema known = schema.orElseThrow();
    // Through a template that is used as a type one reaches what is inside:
    // resource.NAME.ATTRIBUTE.
    if (!known.hasAttribute(attribute) && !attribute.contains(".")) {
      add(
          unknown,
          call,
          "The Referenced Attribute (%s %s) is incorrect.".formatted(resource, attribute),
          Suggestions.advice(attribute, known.attributes().keySet())
              .orElse("it will never be known: a " + known.type() + " has no such attribute"));
    }
    AttributeDefinition definition = known.attributes().get(attribute);
    if (definition != null && definition.support().status() == SupportStatus.Status.DEPRECATED) {
      add(
          deprecated,
          call,
          "the attribute %s of a %s is deprecated".formatted(attribute, known.type()),
          definition.support().message());
    }
  }

  private static void add(List<Problem> problems, Expression call, String message, String advice) {
    problems.add(
        new Problem(
            call.place().location(),
            call.place().path(),
            message,
            Optional.of(advice).filter(words -> !words.isEmpty())));
  }

  private static Optional<String> written(Expression name) {
    return name instanceof Expression.Literal literal
        ? Optional.of(literal.value()).filter(JsonNode::isString).map(JsonNode::stringValue)
        : Optional.empty();
  }
}
