package io.hotpod.engine.resource.nested;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import io.hotpod.template.schema.SupportStatus;
import java.util.List;

/**
 * {@code OS::Heat::Stack}: a stack of a template that is given as text. What it is in a certain
 * stack is a {@link TextStackResourceType}.
 */
public final class TextStackType implements ResourceType {
  static final String TEMPLATE = "template";
  static final String PARAMETERS = "parameters";

  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "OS::Heat::Stack",
          "A stack inside of this one, of a template that is given as text. It gets the files and"
              + " the environment of this one.",
          List.of(
              PropertyDefinition.of("context", PropertyType.MAP, "Where the stack is made.")
                  .supported(SupportStatus.unsupported("stacks are made on this server only")),
              PropertyDefinition.of(
                      TEMPLATE, PropertyType.STRING, "The text of the template, as by get_file.")
                  .mandatory()
                  .notEmpty()
                  .updatable(),
              PropertyDefinition.of(
                      "timeout",
                      PropertyType.INTEGER,
                      "Taken, and not used: the time limit of the stack around it holds.")
                  .updatable(),
              PropertyDefinition.of(
                      PARAMETERS, PropertyType.MAP, "Values for the template's parameters.")
                  .updatable()),
          List.of(
              AttributeDefinition.of("stack_name", PropertyType.STRING, "Name of the stack."),
              AttributeDefinition.of(
                  "outputs", PropertyType.MAP, "The outputs of the stack, by key.")));

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public Physical create(ResourceContext context) {
    throw new ResourceFailure("the template around this stack is not known");
  }
}
