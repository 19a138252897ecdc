package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whatever comes in, the server is not to blame itself: thousands of mutations, never a 5xx. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestFuzz {
  private static final long SEED = 20261123;
  private static final int ROUNDS = 3000;
  private static final String BODY =
      """
      {"stack_name": "fuzz", "template": {"heat_template_version": "2018-08-31"},
       "files": {"a": "b"}, "environment": {"parameters": {"p": [1, 2.5, null, true]}},
       "environment_files": ["a"], "parameters": {"q": "r"}, "timeout_mins": 5,
       "disable_rollback": true, "tags": "x,y", "clear_parameters": ["z"]}
      """;
  private static final List<String> PIECES =
      List.of(
          "null",
          "{}",
          "[]",
          "1e999",
          "-1",
          "1e-400",
          "9".repeat(400),
          "\"\\ud800\"",
          "\"\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\u0000",
          "true",
          "\"\\uffff\"",
          "\u00e9",
          "\ud83d\ude00",
          "\"&a [*a]\"",
          "\"a: [\"",
          "\"- - -\"",
          "1.0",
          "\"true\"",
          "\"1\"");
  private static final List<String> QUERY_PIECES =
      List.of(
          "limit",
          "marker",
          "sort_dir",
          "sort_keys",
          "status",
          "action",
          "tags",
          "tags_any",
          "name",
          "id",
          "with_count",
          "show_deleted",
          "nested_depth",
          "with_detail",
          "type",
          "with_attr",
          "wait",
          "resource_name",
          "resolve_outputs",
          "support_status",
          "=",
          "&",
          "&&",
          "=true",
          "=asc",
          "=desc",
          "=1",
          "=-1",
          "=99999999999",
          "=%00",
          "=%ff",
          "=CREATE_",
          "=_",
          "=CREATE",
          "=%F0%9F%98%80",
          "+",
          "=()",
          "=%5B",
          "=,",
          ";",
          "=null",
          "=A_B_C");

  private final ServerFixture fixture = new ServerFixture();
  private final Random random = new Random(SEED);
  private String stack = "";

  @BeforeAll
  void createStack() {
    stack = fixture.createStack("web");
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void assertNotOurFault(HttpResponse<String> response, String what) {
    assertThat(response.statusCode()).as("%s%n%s", what, response.body()).isBetween(200, 499);
    if (response.statusCode() >= 400) {
      assertThat(json(response).path("code").intValue()).as(what).isEqualTo(response.statusCode());
      assertThat(json(response).path("error").path("message").isString()).as(what).isTrue();
    }
  }

  @Test
  void bodiesAreAnsweredOrRefused() {
    List<String> targets =
        List.of(
            "POST /stacks",
            "POST /stacks/preview",
            "PUT " + stack,
            "PATCH " + stack,
            "PUT " + stack + "/preview",
            "POST " + stack + "/actions",
            "POST /join_tokens",
            "POST //agent/v1/enrol");
    for (int round = 0; round < ROUNDS; round++) {
      String[] target = one(targets).split(" ", 2);
      String body = mutate(target[1].endsWith("actions") ? "{\"check\": null}" : BODY);
      assertNotOurFault(fixture.call(target[0], target[1], body), target[1] + " " + body);
    }
  }

  private String mutate(String body) {
    StringBuilder text = new StringBuilder(body);
    int changes = 1 + random.nextInt(3);
    for (int change = 0; change < changes; change++) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(5)) {
        case 0 -> text.insert(at, one(PIECES));
        case 1 -> text.delete(at, at + 1);
        case 2 ->
            text.replace(
                at, Math.min(at + 1, text.length()), "" + (char) (32 + random.nextInt(96)));
        case 3 -> text.setLength(Math.max(1, at));
        case 4 -> replaceValue(text);
        default -> throw new IllegalStateException();
      }
    }
    return text.toString();
  }

  /** Keeps the JSON whole, so that what reads the values is reached. */
  private void replaceValue(StringBuilder text) {
    int colon = text.indexOf(": ", random.nextInt(text.length() + 1));
    int end = colon < 0 ? -1 : text.indexOf(",", colon);
    if (end > 0) {
      text.replace(colon + 2, end, one(PIECES));
    }
  }

  @Test
  void queriesAreAnsweredOrRefused() {
    List<String> paths =
        List.of(
            "/stacks",
            stack,
            stack + "/resources",
            stack + "/resources/front",
            stack + "/events",
            "/resource_types",
            "/resource_types/OS::Heat::None",
            "/template_versions/heat_template_version.rocky/functions",
            "/pods",
            "/pods/x/logs");
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder query = new StringBuilder(one(paths)).append('?');
      int length = 1 + random.nextInt(6);
      for (int piece = 0; piece < length; piece++) {
        query.append(one(QUERY_PIECES));
      }
      String path = query.toString().replace("wait=", "waits=");
      assertNotOurFault(fixture.call("GET", path), path);
    }
  }

  @Test
  void pathsAreAnsweredOrRefused() {
    List<String> pieces =
        List.of(
            "/",
            "//",
            "v1",
            "v1.0",
            "default",
            "stacks",
            "detail",
            "web",
            "%2F",
            "%00",
            "%ff",
            "..",
            ".",
            "arn:openstack:heat::",
            "resources",
            "events",
            "actions",
            "agent",
            "instances",
            "requests",
            "output",
            "pods",
            ";a=b",
            "template_versions",
            "~",
            "%E2%82");
    List<String> methods = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    URI server = fixture.server.uri();
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder path = new StringBuilder("/");
      int length = 1 + random.nextInt(7);
      for (int piece = 0; piece < length; piece++) {
        path.append(one(pieces)).append(random.nextBoolean() ? "/" : "");
      }
      String method = one(methods);
      HttpResponse<String> response =
          RawHttp.send(server, method + " " + path + " HTTP/1.1\r\n", "");
      if (method.equals("HEAD")) {
        assertThat(response.statusCode()).as("%s", path).isBetween(200, 499);
      } else {
        assertNotOurFault(response, method + " " + path);
      }
    }
  }
}
