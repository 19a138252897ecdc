package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.signal.SignalAccess;
import io.hotpod.engine.signal.SignalStore;
import io.hotpod.engine.signal.SignalTarget;
import io.hotpod.engine.signal.SignalTransport;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code OS::Heat::WaitConditionHandle}: takes signals from machines and keeps them until a wait
 * condition has seen enough. Its physical id is the id of its record.
 */
public final class WaitConditionHandleType implements WaitHandle {
  static final String NAME = "OS::Heat::WaitConditionHandle";
  static final String TRANSPORT = "signal_transport";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(
          NAME,
          "Takes the signals that a wait condition waits for.",
          List.of(
              PropertyDefinition.of(
                      TRANSPORT,
                      PropertyType.STRING,
                      "How the client signals the handle. CFN_SIGNAL and TEMP_URL_SIGNAL give a"
                          + " signed URL, TOKEN_SIGNAL a token for Heat's API, HEAT_SIGNAL a user of"
                          + " its own; NO_SIGNAL gives nothing.")
                  .withDefault(JSON.stringNode(SignalTransport.TOKEN_SIGNAL.name()))
                  .oneOf(SignalTransport.names())),
          List.of(
              AttributeDefinition.of(
                  "token", PropertyType.STRING, "Token that is good for signals to the handle."),
              AttributeDefinition.of(
                  "endpoint", PropertyType.STRING, "URL to which signals are sent."),
              AttributeDefinition.of(
                  "curl_cli",
                  PropertyType.STRING,
                  "A command that signals the handle; append the option with the data."),
              AttributeDefinition.of(
                  "signal",
                  PropertyType.STRING,
                  "JSON text with what is needed to signal the handle.")));

  private final SignalAccess access;
  private final SignalStore signals;

  public WaitConditionHandleType(SignalAccess access, SignalStore signals) {
    this.access = access;
    this.signals = signals;
  }

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public SignalStore signals() {
    return signals;
  }

  @Override
  public WaitSignals.Manner manner() {
    return WaitSignals.Manner.HEAT;
  }

  @Override
  public Optional<JsonNode> attribute(ResourceRecord resource, String name) {
    SignalTarget target = access.target(resource);
    boolean token = transport(resource) == SignalTransport.TOKEN_SIGNAL;
    return switch (name) {
      case "token" ->
          token ? Optional.of(JSON.stringNode(access.token(target))) : Optional.of(JSON.nullNode());
      case "endpoint" -> Optional.of(JSON.stringNode(access.endpoint(target)));
      case "curl_cli" -> Optional.of(JSON.stringNode(curl(target)));
      case "signal" ->
          Optional.of(JSON.stringNode(access.credentials(target, transport(resource)).toString()));
      default -> Optional.empty();
    };
  }

  private static SignalTransport transport(ResourceRecord resource) {
    return SignalTransport.valueOf(
        resource.properties().path(TRANSPORT).asString(SignalTransport.TOKEN_SIGNAL.name()));
  }

  private String curl(SignalTarget target) {
    return "curl -i -X POST -H 'X-Auth-Token: %s' -H 'Content-Type: application/json' -H 'Accept: application/json' %s"
        .formatted(access.token(target), access.endpoint(target));
  }
}
