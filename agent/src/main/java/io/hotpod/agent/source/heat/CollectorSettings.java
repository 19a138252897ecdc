package io.hotpod.agent.source.heat;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where the metadata of this server is, and with whose credentials it is read. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CollectorSettings.Heat.class, name = "heat"),
  @JsonSubTypes.Type(value = CollectorSettings.Cfn.class, name = "cfn"),
  @JsonSubTypes.Type(value = CollectorSettings.Request.class, name = "request"),
  @JsonSubTypes.Type(value = CollectorSettings.Local.class, name = "local")
})
public sealed interface CollectorSettings {
  /** POLL_SERVER_HEAT: Heat's own API. */
  record Heat(KeystoneCredentials credentials, String stackId, String resourceName)
      implements CollectorSettings {
    public Heat {
      requireNonNull(credentials, "credentials is null");
      requireNonNull(stackId, "stackId is null");
      requireNonNull(resourceName, "resourceName is null");
    }
  }

  /**
   * POLL_SERVER_CFN: Heat's API in the manner of CloudFormation.
   *
   * @param metadataUrl such as {@code http://10.0.0.2:8000/v1/}
   * @param path resource and field, such as {@code server.Metadata}
   */
  record Cfn(
      String metadataUrl, String accessKeyId, String secretAccessKey, String stackName, String path)
      implements CollectorSettings {
    public Cfn {
      requireNonNull(metadataUrl, "metadataUrl is null");
      requireNonNull(accessKeyId, "accessKeyId is null");
      requireNonNull(secretAccessKey, "secretAccessKey is null");
      requireNonNull(stackName, "stackName is null");
      requireNonNull(path, "path is null");
    }

    /** Leaves out the secret. */
    @Override
    public String toString() {
      return "Cfn[" + metadataUrl + " " + stackName + " " + path + "]";
    }
  }

  /** POLL_TEMP_URL: an object in Swift, or anywhere else. */
  record Request(String metadataUrl) implements CollectorSettings {
    public Request {
      requireNonNull(metadataUrl, "metadataUrl is null");
    }

    /** Leaves out the signature. */
    @Override
    public String toString() {
      return "Request[" + metadataUrl.split("\\?", 2)[0] + "]";
    }
  }

  /** The file that os-collect-config has os-apply-config write: the list of deployments. */
  record Local(String file) implements CollectorSettings {
    public Local {
      requireNonNull(file, "file is null");
    }
  }

  /**
   * What the section {@code os-collect-config} of a server's metadata says.
   *
   * @return empty when it names no transport that is known here completely
   */
  static Optional<CollectorSettings> of(JsonNode section) {
    JsonNode heat = section.path("heat");
    if (has(heat, "auth_url", "user_id", "password", "project_id", "stack_id", "resource_name")) {
      return Optional.of(
          new Heat(
              new KeystoneCredentials(
                  text(heat, "auth_url"),
                  text(heat, "user_id"),
                  text(heat, "password"),
                  text(heat, "project_id"),
                  text(heat, "region_name")),
              text(heat, "stack_id"),
              text(heat, "resource_name")));
    }
    JsonNode cfn = section.path("cfn");
    if (has(cfn, "metadata_url", "access_key_id", "secret_access_key", "stack_name", "path")) {
      return Optional.of(
          new Cfn(
              text(cfn, "metadata_url"),
              text(cfn, "access_key_id"),
              text(cfn, "secret_access_key"),
              text(cfn, "stack_name"),
              text(cfn, "path")));
    }
    return has(section.path("request"), "metadata_url")
        ? Optional.of(new Request(text(section.path("request"), "metadata_url")))
        : Optional.empty();
  }

  private static boolean has(JsonNode section, String... names) {
    for (String name : names) {
      if (text(section, name).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static String text(JsonNode section, String name) {
    JsonNode value = section.path(name);
    return value.isArray() ? value.path(0).asString("") : value.asString("");
  }
}
