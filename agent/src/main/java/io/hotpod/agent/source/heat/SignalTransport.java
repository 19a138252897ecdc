package io.hotpod.agent.source.heat;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;

/** How Heat wants to be told what became of a deployment. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SignalTransport.SignedUrl.class, name = "url"),
  @JsonSubTypes.Type(value = SignalTransport.HeatApi.class, name = "heat"),
  @JsonSubTypes.Type(value = SignalTransport.None.class, name = "none")
})
public sealed interface SignalTransport {
  /**
   * A URL that whoever has it may use: CFN_SIGNAL and TEMP_URL_SIGNAL.
   *
   * @param verb POST or PUT
   */
  record SignedUrl(String verb, String url) implements SignalTransport {
    public SignedUrl {
      requireNonNull(verb, "verb is null");
      requireNonNull(url, "url is null");
    }

    /** Whether the signal becomes an object in a store, at which Heat looks from time to time. */
    boolean isObject() {
      return verb.equals("PUT");
    }

    /** Leaves out the signature. */
    @Override
    public String toString() {
      return verb + " " + url.split("\\?", 2)[0];
    }
  }

  /**
   * Heat's own API with a user made for this: HEAT_SIGNAL. It serves ZAQAR_SIGNAL as well, whose
   * user may do the same.
   */
  record HeatApi(KeystoneCredentials credentials, String stackId, String resourceName)
      implements SignalTransport {
    public HeatApi {
      requireNonNull(credentials, "credentials is null");
      requireNonNull(stackId, "stackId is null");
      requireNonNull(resourceName, "resourceName is null");
    }
  }

  /** Nobody waits: NO_SIGNAL. */
  record None() implements SignalTransport {}

  /**
   * The transport that the inputs of a derived config name.
   *
   * @param inputs values by name, as texts
   */
  static SignalTransport of(Map<String, String> inputs) {
    String url = inputs.getOrDefault("deploy_signal_id", "");
    if (!url.isEmpty()) {
      String verb = inputs.getOrDefault("deploy_signal_verb", "");
      return new SignedUrl(verb.equals("PUT") ? "PUT" : "POST", url);
    }
    if (inputs.getOrDefault("deploy_auth_url", "").isEmpty()) {
      return new None();
    }
    return new HeatApi(
        new KeystoneCredentials(
            inputs.getOrDefault("deploy_auth_url", ""),
            inputs.getOrDefault("deploy_user_id", ""),
            inputs.getOrDefault("deploy_password", ""),
            inputs.getOrDefault("deploy_project_id", ""),
            inputs.getOrDefault("deploy_region_name", "")),
        inputs.getOrDefault("deploy_stack_id", ""),
        inputs.getOrDefault("deploy_resource_name", ""));
  }
}
