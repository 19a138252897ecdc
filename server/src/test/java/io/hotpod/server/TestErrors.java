package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestErrors {
  private final ServerFixture fixture = new ServerFixture();
  private String stack = "";

  @BeforeAll
  void createStack() {
    stack = fixture.createStack("web");
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  private void assertHeatShape(HttpResponse<String> response, int status, String type) {
    JsonNode body = json(response);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(body.path("code").intValue()).isEqualTo(status);
    assertThat(body.path("title").stringValue()).isNotEmpty();
    assertThat(body.path("explanation").stringValue()).isNotEmpty();
    assertThat(body.path("error").path("type").stringValue()).as(response.body()).isEqualTo(type);
    assertThat(body.path("error").path("traceback").isNull()).isTrue();
  }

  /** The digests are those of {@code {}}, by {@code openssl dgst -binary | base64}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:|400",
        "sha-256=:SBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:|422",
        "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:|422",
        "md5=:AAAA:, sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:|422",
        "sha-512=:AAAA:|422",
        "md5=:AAAA:|400",
        "nonsense|400",
      })
  void aBodyThatIsNotWhatItIsSaidToBeIsNotRead(String digest, int status) {
    HttpResponse<String> response =
        fixture.send(
            fixture.request("POST", "/stacks", "{}").header("Content-Digest", digest).build());

    assertHeatShape(response, status, status == 422 ? "HTTPUnprocessableEntity" : "HTTPBadRequest");
    assertThat(response.body())
        .contains(status == 422 ? "send it again" : "No stack name specified");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET|/stacks/nope||404|EntityNotFound|The Stack (nope) could not be found.",
        "GET|/stacks/nope/x||404|EntityNotFound|The Stack (x) could not be found.",
        "GET|/stacks/other/{id}||404|EntityNotFound|The Stack (other) could not be found.",
        "GET|/nope||404|HTTPNotFound|There is nothing under this URL.",
        "GET|//nope||404|HTTPNotFound|There is nothing under this URL.",
        "POST|/stacks||400|HTTPBadRequest|The request needs a body that is a JSON object.",
        "POST|/stacks|[]|400|HTTPBadRequest|The request needs a body that is a JSON object.",
        "POST|/stacks|{}|400|HTTPBadRequest|No stack name specified",
        "POST|/stacks|{\"stack_name\":\"a\"}|400|HTTPBadRequest|No template specified",
        "POST|/stacks|{\"stack_name\":1}|400|HTTPBadRequest|\"stack_name\" takes a string.",
        "POST|/stacks|{\"stack_name\":\"web\",\"template\":\"x\"}|409|StackExists|The Stack (web) already exists.",
        "POST|/stacks|{\"template_url\":\"http://x\"}|400|HTTPBadRequest|Could not retrieve http://x: this server reads nothing from elsewhere; send the text itself, or have the server started with --fetch-allow.",
        "POST|/stacks|{\"adopt_stack_data\":\"x\"}|400|HTTPBadRequest|\"adopt_stack_data\" is not valid JSON.",
        "POST|/stacks|{\"adopt_stack_data\":\"[]\"}|400|HTTPBadRequest|\"adopt_stack_data\" takes a JSON object.",
        "POST|/stacks|{\"stack_name\":\"a\",\"adopt_stack_data\":\"{}\"}|400|HTTPBadRequest|No template specified",
        "POST|/stacks|{\"stack_name\":\"a\",\"adopt_stack_data\":{\"environment\":{\"parameters\":{\"p\":\"******\"}}}}|400|HTTPBadRequest|The export leaves out what is hidden; give these parameters with the adoption: p",
        "POST|/stacks|{\"files_container\":\"c\"}|400|NotSupported|files_container is not supported.",
        "POST|/stacks|{\"converge\":true}|400|HTTPBadRequest|converge flag only supported in stack update (or update preview) request.",
        "POST|/stacks|{\"timeout_mins\":\"x\"}|400|HTTPBadRequest|Only integer is acceptable by 'timeout_mins'.",
        "POST|/stacks|{\"timeout_mins\":1e99999}|400|HTTPBadRequest|Only integer is acceptable by 'timeout_mins'.",
        "POST|/stacks|{\"timeout_mins\":-1}|400|HTTPBadRequest|Value '-1' is invalid for 'timeout_mins' which only accepts non-negative integer.",
        "POST|/stacks|{\"disable_rollback\":\"yes\"}|400|HTTPBadRequest|Unrecognized value \"yes\" for \"disable_rollback\", acceptable values are: true, false.",
        "POST|/stacks|{\"environment\":{\"nope\":{}}}|400|StackValidationFailed|nope: environment has wrong section \"nope\"; values for parameters stand under \"parameters\"",
        "POST|/stacks|{\"environment\":{\"resource_registry\":{\"A\":1}}}|400|StackValidationFailed|resource_registry.A: a type is mapped to another type, to a template or to null, not to a number",
        "POST|/stacks|{\"environment_files\":[\"e\"]}|400|HTTPBadRequest|environment_files names \"e\", which is not among the files.",
        "POST|/stacks|{\"tags\":[]}|400|HTTPBadRequest|\"tags\" takes a string of names between commas.",
        "POST|{stack}/actions|{}|400|HTTPBadRequest|No action specified",
        "POST|{stack}/actions|{\"suspend\":null,\"resume\":null}|400|HTTPBadRequest|Multiple actions specified",
        "POST|{stack}/actions|{\"fly\":null}|400|HTTPBadRequest|Invalid action fly specified",
        "PATCH|{stack}/resources/front|{}|400|HTTPBadRequest|Missing mandatory (mark_unhealthy) key from mark unhealthy request",
        "PATCH|{stack}/resources/front|{\"mark_unhealthy\":\"maybe\"}|400|HTTPBadRequest|Unrecognized value \"maybe\" for \"mark_unhealthy\", acceptable values are: true, false",
        "PATCH|{stack}/resources/nobody|{\"mark_unhealthy\":true}|404|ResourceNotFound|The Resource (nobody) could not be found in Stack web.",
        "GET|{stack}/resources/nope||404|ResourceNotFound|The Resource (nope) could not be found in Stack web.",
        "GET|{stack}/resources?colour=red||400|HTTPBadRequest|Invalid filter parameters ['colour']",
        "GET|{stack}/resources?with_detail=perhaps||400|HTTPBadRequest|Unrecognized value \"perhaps\" for \"with_detail\", acceptable values are: true, false.",
        "GET|{stack}/resources?nested_depth=x||400|HTTPBadRequest|Only integer is acceptable by 'nested_depth'.",
        "GET|{stack}/outputs/nope||404|NotFound|Specified output key nope not found.",
        "GET|{stack}/resources/front/events||404|EntityNotFound|No events found for resource front",
        "GET|{stack}/resources/web/events/nope||404|EntityNotFound|The Event (nope) could not be found.",
        "GET|{stack}/events?sort_dir=up||400|HTTPBadRequest|sort_dir takes asc or desc.",
        "GET|/stacks?limit=-3||400|HTTPBadRequest|Value '-3' is invalid for 'limit' which only accepts non-negative integer.",
        "GET|/stacks?global_tenant=true||403|Forbidden|Stacks of all projects cannot be listed; leave out global_tenant.",
        "POST|{stack}/snapshots|{\"name\":1}|400|HTTPBadRequest|\"name\" takes a string.",
        "GET|{stack}/snapshots/nope||404|SnapshotNotFound|The Snapshot (nope) for Stack (web) could not be found.",
        "POST|{stack}/snapshots/nope/restore||404|SnapshotNotFound|The Snapshot (nope) for Stack (web) could not be found.",
        "POST|{stack}/resources/nope/signal|{}|404|ResourceNotFound|The Resource (nope) could not be found in Stack web.",
        "GET|/software_configs/nope||404|EntityNotFound|The Software Config (nope) could not be found.",
        "POST|/software_configs|{\"inputs\":{}}|400|HTTPBadRequest|\"inputs\" takes a list of maps.",
        "POST|/software_deployments|{\"status\":\"ODD\"}|400|HTTPBadRequest|\"status\" takes one of [IN_PROGRESS, COMPLETE, FAILED].",
        "GET|/resource_types/OS::Heat::None/template?template_type=x||400|HTTPBadRequest|Template type is not supported: x. Allowed types are: cfn, hot.",
        "GET|/resource_types/Nope||404|EntityNotFound|The Resource Type (Nope) could not be found.",
        "GET|/template_versions/x/functions||404|EntityNotFound|The Template version (x) could not be found.",
        "GET|/instances/nope||404|EntityNotFound|The Instance (nope) could not be found.",
        "GET|/pods/a%2Fb||404|EntityNotFound|The Pod (a/b) could not be found.",
        "POST|/join_tokens|{\"valid_minutes\":0}|400|HTTPBadRequest|valid_minutes takes 1 to 10080."
      })
  void whatCannotBeDoneIsRefused(
      String method, String path, String body, int status, String type, String message) {
    String id = stack.substring(stack.lastIndexOf('/') + 1);
    HttpResponse<String> response =
        fixture.call(
            method, path.replace("{stack}", stack).replace("{id}", id), body == null ? "" : body);

    assertHeatShape(response, status, type);
    assertThat(json(response).path("error").path("message").stringValue()).isEqualTo(message);
  }

  @Test
  void brokenJsonIsRefusedWithItsPlace() {
    HttpResponse<String> response = fixture.call("POST", "/stacks", "{\"a\":\n  oops}");

    assertHeatShape(response, 400, "HTTPBadRequest");
    assertThat(json(response).path("error").path("message").stringValue())
        .startsWith("The body is not valid JSON: line 2, column ");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyRefusalOfTheEngineHasItsStatus(ErrorCode code) {
    int status =
        switch (code.kind()) {
          case NOT_FOUND -> 404;
          case CONFLICT -> 409;
          case INVALID -> 400;
          case FORBIDDEN -> 403;
          case UNPROCESSABLE -> 422;
          case UNAVAILABLE -> 503;
        };
    fixture.engine.stacks.failWith(new EngineException(code, "because"));

    HttpResponse<String> response =
        fixture.call("POST", "/stacks", ServerFixture.createBody("refused"));

    assertHeatShape(response, status, code.heatType());
    assertThat(json(response).path("error").path("message").stringValue()).isEqualTo("because");
  }

  @Test
  void problemsKeepTheirPlaces() {
    Problem first =
        new Problem(
            Optional.of(new Location("web.yaml", 7, 5)),
            "resources.web",
            "unknown key containrs",
            Optional.of("did you mean \"containers\"?"));
    Problem second = new Problem(Optional.empty(), "", "and another", Optional.empty());
    fixture.engine.stacks.failWith(
        new EngineException(
            ErrorCode.VALIDATION_FAILED, new DocumentException(List.of(first, second))));

    HttpResponse<String> response =
        fixture.call("POST", "/stacks", ServerFixture.createBody("refused"));

    assertHeatShape(response, 400, "StackValidationFailed");
    JsonNode error = json(response).path("error");
    assertThat(error.path("message").stringValue())
        .isEqualTo(
            "web.yaml:7:5: resources.web: unknown key containrs; did you mean \"containers\"?\n"
                + "and another");
    assertThat(error.path("problems").get(0).toString())
        .isEqualTo(
            "{\"file\":\"web.yaml\",\"line\":7,\"column\":5,\"path\":\"resources.web\","
                + "\"message\":\"unknown key containrs\","
                + "\"advice\":\"did you mean \\\"containers\\\"?\"}");
    assertThat(error.path("problems").get(1).path("line").isNull()).isTrue();
  }

  @Test
  void aFailureOfOursSaysWhereToLookAndNothingElse() {
    fixture.engine.stacks.failWith(new IllegalStateException("a secret"));

    HttpResponse<String> response =
        fixture.call("POST", "/stacks", ServerFixture.createBody("broken"));

    assertHeatShape(response, 500, "InternalServerError");
    assertThat(response.body())
        .doesNotContain("secret")
        .contains(response.headers().firstValue("x-openstack-request-id").orElseThrow());
  }

  @Test
  void aBodyThatEndsEarlyIsNotTheServersFault() throws IOException {
    try (ServerFixture fixture = new ServerFixture();
        Socket socket =
            new Socket(fixture.server.uri().getHost(), fixture.server.uri().getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              """
              POST /v1/default/stacks HTTP/1.1\r
              Host: localhost\r
              Content-Length: 1000\r
              \r
              {\
              """
                  .getBytes(US_ASCII));
      socket.shutdownOutput();

      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);

      assertThat(answer).startsWith("HTTP/1.1 400").contains("ended before its body did");
    }
  }
}
