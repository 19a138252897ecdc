package io.hotpod.engine.resource.heat;

import io.hotpod.engine.config.ConfigDocuments;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.signal.SignalAccess;
import io.hotpod.engine.signal.SignalTarget;
import io.hotpod.engine.signal.SignedPurpose;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code OS::Heat::DeployedServer}: a machine that is there already. Its metadata is what the
 * machine has to work on, and where it finds that.
 */
public final class DeployedServerType implements ResourceType {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TRANSPORT = "software_config_transport";
  private static final String CFN = "POLL_SERVER_CFN";
  private static final String HEAT = "POLL_SERVER_HEAT";
  private static final String TEMP_URL = "POLL_TEMP_URL";
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          "OS::Heat::DeployedServer",
          "A machine that exists already, for software deployments to name.",
          List.of(
              PropertyDefinition.of("name", PropertyType.STRING, "Name of the machine.")
                  .updatable(),
              PropertyDefinition.of("metadata", PropertyType.MAP, "Taken, and not used.")
                  .updatable(),
              PropertyDefinition.of(
                      TRANSPORT,
                      PropertyType.STRING,
                      "How the machine finds out what to work on: with signed requests, by Heat's"
                          + " API, or under a signed URL.")
                  .withDefault(JSON.stringNode(CFN))
                  .oneOf(List.of(CFN, HEAT, TEMP_URL))
                  .updatable(),
              PropertyDefinition.of(
                      "deployment_swift_data",
                      PropertyType.MAP,
                      "Taken, and not used: the URL of POLL_TEMP_URL is this server's own.")
                  .holding(
                      List.of(
                          PropertyDefinition.of(
                              "container", PropertyType.STRING, "Name of a container."),
                          PropertyDefinition.of(
                              "object", PropertyType.STRING, "Name of an object.")))
                  .updatable()),
          List.of(
              AttributeDefinition.of("name", PropertyType.STRING, "Name of the machine."),
              AttributeDefinition.of(
                  "os_collect_config",
                  PropertyType.MAP,
                  "The configuration of os-collect-config on the machine.")));

  private final SignalAccess access;
  private final ConfigDocuments documents;

  public DeployedServerType(SignalAccess access, ConfigDocuments documents) {
    this.access = access;
    this.documents = documents;
  }

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public boolean reachesOutside() {
    return false;
  }

  @Override
  public Physical create(ResourceContext context) {
    return Physical.of(context.resource().id());
  }

  @Override
  public Physical update(ResourceContext context, ResourceRecord existing) {
    return create(context);
  }

  @Override
  public ObjectNode metadata(ResourceRecord resource, ObjectNode template) {
    SignalTarget target = access.target(resource);
    template.set("deployments", documents.machine(target.project(), resource.id()));
    template.set("os-collect-config", collectConfig(target, resource.properties()));
    return template;
  }

  private ObjectNode collectConfig(SignalTarget target, ObjectNode properties) {
    ObjectNode section = JSON.objectNode();
    ArrayNode collectors = section.putArray("collectors");
    switch (properties.path(TRANSPORT).asString(CFN)) {
      case HEAT -> {
        collectors.add("heat");
        section
            .putObject("heat")
            .put("user_id", access.userId(target))
            .put("password", access.password(target))
            .put("auth_url", access.authUrl())
            .put("project_id", target.project())
            .put("stack_id", target.stackName() + "/" + target.stackId())
            .put("resource_name", target.resourceName());
      }
      case TEMP_URL -> {
        collectors.add("request");
        section
            .putObject("request")
            .put("metadata_url", access.signedUrl(target, SignedPurpose.METADATA, ""));
      }
      default -> {
        collectors.add("cfn");
        section
            .putObject("cfn")
            .put("metadata_url", access.cfnUrl())
            .put("access_key_id", access.userId(target))
            .put("secret_access_key", access.accessSecret(target))
            .put("stack_name", target.stackName())
            .put("path", target.resourceName() + ".Metadata");
      }
    }
    collectors.add("local");
    return section;
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    return switch (name) {
      case "name" ->
          Optional.of(
              JSON.stringNode(
                  resource
                      .properties()
                      .path("name")
                      .asString(access.target(resource).stackName() + "-" + resource.name())));
      case "os_collect_config" ->
          Optional.of(collectConfig(access.target(resource), resource.properties()));
      default -> Optional.empty();
    };
  }
}
