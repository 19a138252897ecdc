package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.stack.StackRequest;
import io.hotpod.server.fetch.AllowedPlace;
import io.hotpod.server.fetch.FetchPolicy;
import io.hotpod.server.fetch.WebSite;
import io.hotpod.server.http.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** A server that is reached elsewhere than where it listens, and one that reads from elsewhere. */
final class TestAddresses {
  private static final String PUBLIC = "https://hotpod.example.org/api";

  private static ServerFixture with(ApiSettings api) {
    return new ServerFixture(
        ServerFixture.settings(ServerFixture.LIMITS, new AuthenticationKind.None()).withApi(api));
  }

  @Test
  void linksAndRedirectsBeginWithThePublicUrl() {
    try (ServerFixture fixture =
        with(ApiSettings.DEFAULT.withPublicUrl(URI.create(PUBLIC + "/")))) {
      String stack = PUBLIC + "/v1/default" + fixture.createStack("web");

      HttpResponse<String> redirect = fixture.call("GET", "/stacks/web?a=b");
      assertThat(redirect.headers().firstValue("Location")).contains(stack + "?a=b");
      assertThat(json(fixture.call("GET", "/stacks?limit=1")).path("links").path(0).path("href"))
          .hasToString(
              "\"%s/v1/default/stacks?limit=1&marker=%s\""
                  .formatted(PUBLIC, stack.substring(stack.lastIndexOf('/') + 1)));
      assertThat(fixture.call("GET", "//").body()).contains("\"href\":\"" + PUBLIC + "/v1/\"");
      assertThat(fixture.engine.reachableAt()).contains(URI.create(PUBLIC));
    }
  }

  @Test
  void requestsThatNameThePublicHostAreLetInAndOthersAreNot() {
    try (ServerFixture fixture = with(ApiSettings.DEFAULT.withPublicUrl(URI.create(PUBLIC)))) {
      String head = "GET /v1/default/stacks HTTP/1.1\r\nConnection: close\r\nHost: ";
      URI server = fixture.server.uri();

      assertThat(RawHttp.send(server, head + "hotpod.example.org\r\n", "").statusCode())
          .isEqualTo(200);
      assertThat(RawHttp.send(server, head + "evil.example.org\r\n", "").statusCode())
          .isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a", "https://u:p@a", "https://a?b", "https://a#b", "/a"})
  void aPublicUrlIsPlain(String url) {
    assertThatThrownBy(() -> ApiSettings.DEFAULT.withPublicUrl(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the public URL has to be like");
  }

  @Test
  void aTemplateAndWhatItNamesAreReadFromTheirUrls() {
    try (WebSite site = new WebSite();
        ServerFixture fixture =
            with(
                ApiSettings.DEFAULT.withFetch(
                    FetchPolicy.of(List.of(AllowedPlace.parse(site.url("/t/"), true)))))) {
      String inner =
          """
          heat_template_version: 2018-08-31
          resources: {deep: {type: OS::Heat::Value, properties: {value: {get_file: "%s"}}}}
          """
              .formatted(site.url("/t/file.txt"));
      site.page(
              "/t/main.yaml",
              """
              heat_template_version: 2018-08-31
              resources:
                in: {type: "%s"}
                mapped: {type: "My::Type"}
              """
                  .formatted(site.url("/t/in.yaml")))
          .page("/t/in.yaml", inner)
          .page("/t/mapped.yaml", "heat_template_version: 2018-08-31")
          .page("/t/file.txt", "content")
          .page("/secret", "not below the place");

      HttpResponse<String> created =
          fixture.call(
              "POST",
              "/stacks",
              """
              {"stack_name": "web", "template_url": "%s",
               "environment": "resource_registry: {\\"My::Type\\": \\"%s\\"}"}
              """
                  .formatted(site.url("/t/main.yaml"), site.url("/t/mapped.yaml")));

      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      StackRequest request = fixture.engine.stacks.lastRequest();
      assertThat(request.template().orElse("")).contains("mapped: {type: \"My::Type\"}");
      assertThat(request.templateName()).isEqualTo(site.url("/t/main.yaml"));
      assertThat(request.files())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  site.url("/t/in.yaml"), inner,
                  site.url("/t/mapped.yaml"), "heat_template_version: 2018-08-31",
                  site.url("/t/file.txt"), "content"));
      HttpResponse<String> refused =
          fixture.call(
              "POST", "/validate", "{\"template_url\": \"%s\"}".formatted(site.url("/secret")));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("is not among what this server may read");
      assertThat(site.asked()).noneMatch(path -> path.contains("secret"));
    }
  }

  @Test
  void typesOfMembersAreReadAndABaseOfNamesIsNot() {
    try (WebSite site = new WebSite();
        ServerFixture fixture =
            with(
                ApiSettings.DEFAULT.withFetch(
                    FetchPolicy.of(List.of(AllowedPlace.parse(site.url("/t/"), true)))))) {
      String inner = "heat_template_version: 2018-08-31";
      String template =
          """
          heat_template_version: 2018-08-31
          resources:
            group:
              type: OS::Heat::ResourceGroup
              properties: {resource_def: {type: "%1$s", properties: {type: "%3$s"}}}
            chain: {type: OS::Heat::ResourceChain, properties: {resources: ["%2$s"]}}
          """
              .formatted(site.url("/t/member.yaml"), site.url("/t/link.yaml"), site.url("/t/data"));
      site.page("/t/member.yaml", inner).page("/t/link.yaml", inner).page("/t/mapped.yaml", inner);
      ObjectNode body = Json.object().put("stack_name", "web").put("template", template);
      ObjectNode registry = body.putObject("environment").putObject("resource_registry");
      registry.put("base_url", site.url("/t/none/")).put("My::Type", site.url("/t/mapped.yaml"));
      registry.putObject("resources").putObject("x").put("base_url", site.url("/t/none/"));

      HttpResponse<String> created = fixture.call("POST", "/stacks", body.toString());

      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      assertThat(fixture.engine.stacks.lastRequest().files())
          .containsOnlyKeys(
              site.url("/t/member.yaml"), site.url("/t/link.yaml"), site.url("/t/mapped.yaml"));
    }
  }
}
