package io.hotpod.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.server.http.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a machine may do with the access key of its resource. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestAccessKeys {
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        machine:
          type: OS::Heat::DeployedServer
          properties: {software_config_transport: POLL_SERVER_CFN}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private Engine engine;
  private HotpodServer server;
  private String stack = "";
  private String access = "";
  private String secret = "";

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    engine =
        Engines.open(
            new EngineSettings(
                directory.resolve("state"), Clock.systemUTC(), () -> UUID.randomUUID().toString()));
    server = HotpodServer.start(ServerSettings.withoutAuthentication("127.0.0.1", 0), engine);
    String created =
        post("/v1/default/stacks", Json.object().put("stack_name", "web").put("template", TEMPLATE))
            .body();
    stack = read(created).path("stack").path("id").asString("");
    await()
        .until(() -> get("/v1/default/stacks/web/" + stack).body().contains("\"CREATE_COMPLETE\""));
    JsonNode section =
        read(get("/v1/default/stacks/web/" + stack + "/resources/machine/metadata").body())
            .path("metadata")
            .path("os-collect-config")
            .path("cfn");
    access = section.path("access_key_id").asString("");
    secret = section.path("secret_access_key").asString("");
    assertThat(secret).isNotEmpty();
  }

  @AfterAll
  void stop() {
    client.shutdownNow();
    server.close();
    engine.close();
  }

  private static JsonNode read(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.uri() + path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, JsonNode body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build(),
        BodyHandlers.ofString());
  }

  private Map<String, String> question(String stackName, String resource) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("Action", "DescribeStackResource");
    parameters.put("StackName", stackName);
    parameters.put("LogicalResourceId", resource);
    parameters.put("AWSAccessKeyId", access);
    parameters.put("SignatureMethod", "HmacSHA256");
    parameters.put("SignatureVersion", "2");
    parameters.put("Timestamp", "2026-11-01T12:00:00Z");
    return parameters;
  }

  private static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String signature(String key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
    return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
  }

  private HttpResponse<String> describe(String stackName, String resource, String more)
      throws Exception {
    Map<String, String> parameters = question(stackName, resource);
    if (!more.isEmpty()) {
      parameters.put("ContentType", more);
    }
    String signature =
        signature(
            secret,
            "GET\n%s\n/guest/cfn/v1/\n%s"
                .formatted(server.uri().getAuthority(), query(parameters)));
    return get(
        "/guest/cfn/v1/?"
            + query(parameters)
            + "&Signature="
            + URLEncoder.encode(signature, UTF_8));
  }

  @Test
  void aMachineIsToldWhatItsResourceSays() throws Exception {
    for (String name :
        new String[] {"web", stack, "arn:openstack:heat::default:stacks/web/" + stack}) {
      HttpResponse<String> answer = describe(name, "machine", "");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml");
      assertThat(answer.body())
          .startsWith("<DescribeStackResourceResponse><DescribeStackResourceResult>")
          .contains("<StackName>web</StackName>")
          .contains("<LogicalResourceId>machine</LogicalResourceId>")
          .contains("os-collect-config");
    }
    JsonNode detail =
        read(describe("web", "machine", "JSON").body())
            .at("/DescribeStackResourceResponse/DescribeStackResourceResult/StackResourceDetail");
    assertThat(read(detail.path("Metadata").asString("")).has("deployments")).isTrue();
  }

  @Test
  void aKeyIsGoodForItsOwnResourceAlone() throws Exception {
    assertThat(describe("other", "machine", "").statusCode()).isEqualTo(403);
    assertThat(describe("web", "other", "").body())
        .contains("<Code>AccessDenied</Code>")
        .contains("<Type>Sender</Type>");
  }

  private ObjectNode credentials(String key) throws Exception {
    Map<String, String> parameters = question("web", "machine");
    ObjectNode body = Json.object();
    ObjectNode told = body.putObject("credentials");
    told.put("access", access).put("verb", "GET").put("host", "Cloud:8000").put("path", "/v1/");
    told.put("signature", signature(key, "GET\ncloud:8000\n/v1/\n" + query(parameters)));
    ObjectNode given = told.putObject("params");
    parameters.forEach(given::put);
    return body;
  }

  @Test
  void aSignedRequestIsExchangedForTheTokenOfItsUser() throws Exception {
    HttpResponse<String> answer = post("/guest/identity/v3/ec2tokens", credentials(secret));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode token = read(answer.body()).path("token");
    assertThat(token.path("project").path("id").asString("")).isEqualTo("default");
    assertThat(token.path("roles").path(0).path("name").asString("")).isEqualTo("heat_stack_user");
    HttpResponse<String> metadata =
        client.send(
            HttpRequest.newBuilder(
                    URI.create(
                        server.uri()
                            + "/guest/v1/default/stacks/web/"
                            + stack
                            + "/resources/machine/metadata"))
                .header("X-Auth-Token", answer.headers().firstValue("X-Subject-Token").orElse(""))
                .build(),
            BodyHandlers.ofString());
    assertThat(metadata.statusCode()).as(metadata.body()).isEqualTo(200);
  }

  @Test
  void theOlderIdentityApiTellsTheTokenInItsBody() throws Exception {
    HttpResponse<String> answer = post("/guest/identity/v2.0/ec2tokens", credentials(secret));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode access = read(answer.body()).path("access");
    assertThat(access.path("token").path("tenant").path("id").asString("")).isEqualTo("default");
    assertThat(access.path("token").path("expires").asString("")).endsWith("Z");
    assertThat(access.path("user").path("roles").path(0).path("name").asString(""))
        .isEqualTo("heat_stack_user");
    assertThat(access.at("/serviceCatalog/0/endpoints/0/publicURL").asString("")).contains("/v1/");
    HttpResponse<String> same = post("/guest/identity/v3/ec2tokens", credentials(secret));
    assertThat(same.headers().firstValue("X-Subject-Token"))
        .hasValue(access.path("token").path("id").asString(""));
  }

  @Test
  void aForgedSignatureIsExchangedForNothing() throws Exception {
    ObjectNode forged = credentials("guessed");
    ObjectNode old = credentials(secret);
    ((ObjectNode) old.path("credentials").path("params")).put("SignatureVersion", "1");

    ObjectNode weak = credentials(secret);
    ((ObjectNode) weak.path("credentials").path("params")).put("SignatureMethod", "HmacSHA1");

    for (ObjectNode body : new ObjectNode[] {forged, old, weak}) {
      for (String version : new String[] {"v3", "v2.0"}) {
        HttpResponse<String> answer = post("/guest/identity/" + version + "/ec2tokens", body);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("X-Subject-Token")).isEmpty();
        assertThat(read(answer.body()).has("access")).isFalse();
      }
    }
    assertThat(post("/guest/identity/v3/ec2tokens", Json.object()).statusCode()).isEqualTo(400);
  }
}
