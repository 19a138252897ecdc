package io.hotpod.engine.resource.nested;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code OS::Heat::Stack}: a stack of a template that is given as text. What it is in a certain
 * stack is a {@link TextStackResourceType}.
 */
public final class TextStackType implements ResourceType {
  static final String TEMPLATE = "template";
  static final String PARAMETERS = "parameters";

  private static final String CONTEXT = "context";
  private static final String REGION_NAME = "region_name";

  /** As the identity service of the server calls it. */
  private static final String REGION = "RegionOne";

  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "OS::Heat::Stack",
          "A stack inside of this one, of a template that is given as text. It gets the files and"
              + " the environment of this one.",
          List.of(
              PropertyDefinition.of(
                      CONTEXT, PropertyType.MAP, "Where the stack is made: on this server.")
                  .holding(
                      List.of(
                          PropertyDefinition.of(
                              REGION_NAME,
                              PropertyType.STRING,
                              "The region of this server, " + REGION + ", and no other."),
                          elsewhere("credential_secret_id", PropertyType.STRING),
                          elsewhere("ca_cert", PropertyType.STRING),
                          elsewhere("insecure", PropertyType.BOOLEAN)))
                  .updatable(),
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

  private static PropertyDefinition elsewhere(String name, PropertyType type) {
    return PropertyDefinition.of(name, type, "For a stack on another server.")
        .supported(SupportStatus.unsupported("stacks are made on this server only"));
  }

  @Override
  public List<Problem> validate(
      ObjectNode properties,
      Set<String> unknown,
      String path,
      Function<List<String>, Optional<Location>> locate) {
    String region = properties.path(CONTEXT).path(REGION_NAME).asString("");
    return region.isEmpty() || region.equals(REGION)
        ? List.of()
        : List.of(
            new Problem(
                locate.apply(List.of(CONTEXT, REGION_NAME)),
                "%s.properties.%s.%s".formatted(path, CONTEXT, REGION_NAME),
                "Cannot establish connection to Heat endpoint at region \"%s\": stacks are made on this server only"
                    .formatted(region),
                Optional.of("leave it out, or say " + REGION)));
  }

  @Override
  public Physical create(ResourceContext context) {
    throw new ResourceFailure("the template around this stack is not known");
  }
}
