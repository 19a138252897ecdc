package io.hotpod.agent.source.heat;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.JsonNode;

/**
 * What Heat is told of one derived config. Kept until Heat has forgotten the config, so that it is
 * neither told twice nor never, whatever is restarted in between.
 *
 * @param configId of the derived config
 * @param title what people call the deployment
 * @param outputs the body of the signal; an object
 * @param delivered whether Heat has it, or has said that it never will
 */
record SignalRecord(
    @JsonProperty("config_id") String configId,
    String title,
    SignalTransport transport,
    JsonNode outputs,
    boolean delivered) {
  SignalRecord {
    requireNonNull(configId, "configId is null");
    requireNonNull(title, "title is null");
    requireNonNull(transport, "transport is null");
    requireNonNull(outputs, "outputs is null");
  }

  SignalRecord asDelivered() {
    return new SignalRecord(configId, title, new SignalTransport.None(), outputs, true);
  }

  /** Leaves out everything that may be secret. */
  @Override
  public String toString() {
    return "SignalRecord[" + configId + " " + title + (delivered ? " delivered" : "") + "]";
  }
}
