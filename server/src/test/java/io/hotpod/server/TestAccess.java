package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.server.access.Permission;
import io.hotpod.server.access.Role;
import io.hotpod.server.access.RouteRules;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route and every role: the table of rules, and what the server makes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestAccess {
  /**
   * Who may do what: Heat's policy defaults (1.11 of its reference, and the rules of its policies)
   * for its routes, and what is meant for our own. Written by hand, not taken from the server.
   */
  private static final String EXPECTED =
      """
      admin: GET /services

      admin member reader: GET /build_info
      admin member reader: GET /stacks
      admin member reader: GET /stacks/detail
      admin member reader: POST /stacks/preview
      admin member reader: GET STACK
      admin member reader: GET STACK/template
      admin member reader: GET STACK/environment
      admin member reader: GET STACK/files
      admin member reader: GET STACK/outputs
      admin member reader: GET STACK/outputs/{key}
      admin member reader: GET STACK/events
      admin member reader: GET STACK/snapshots
      admin member reader: GET STACK/snapshots/{snapshot}
      admin member reader: GET STACK/resources
      admin member reader: GET STACK/resources/{resource}
      admin member reader: GET STACK/resources/{resource}/events
      admin member reader: GET STACK/resources/{resource}/events/{event}
      admin member reader: GET /resource_types
      admin member reader: GET /resource_types/{type}
      admin member reader: GET /template_versions
      admin member reader: GET /template_versions/{version}/functions
      admin member reader: GET /software_configs
      admin member reader: GET /software_configs/{config}
      admin member reader: GET /software_deployments
      admin member reader: GET /software_deployments/{deployment}

      admin member: POST /stacks
      admin member: PUT PATCH DELETE STACK
      admin member: PUT PATCH STACK/preview
      admin member: POST STACK/actions
      admin member: GET STACK/export
      admin member: DELETE STACK/abandon
      admin member: POST STACK/snapshots
      admin member: DELETE STACK/snapshots/{snapshot}
      admin member: POST STACK/snapshots/{snapshot}/restore
      admin member: PATCH STACK/resources/{resource}
      admin member: POST /validate
      admin member: GET /resource_types/{type}/template
      admin member: POST /software_configs
      admin member: DELETE /software_configs/{config}
      admin member: POST /software_deployments
      admin member: PUT DELETE /software_deployments/{deployment}

      admin member reader heat_stack_user: GET POST PUT PATCH DELETE /stacks/{name}
      admin member reader heat_stack_user: GET POST /stacks/{name}/resources
      admin member reader heat_stack_user: GET POST /stacks/{name}/events
      admin member reader heat_stack_user: GET POST /stacks/{name}/template
      admin member reader heat_stack_user: GET POST /stacks/{name}/actions
      admin member reader heat_stack_user: GET /stacks/{name}/environment
      admin member reader heat_stack_user: GET /stacks/{name}/files
      admin member reader heat_stack_user: GET STACK/resources/{resource}/metadata
      admin member reader heat_stack_user: GET /software_deployments/metadata/{server}
      admin member heat_stack_user: POST STACK/resources/{resource}/signal

      admin member reader: GET /events/stream
      admin member reader: GET /stacks/{name}/events/stream
      admin member reader: GET STACK/events/stream
      admin member reader: GET /instances
      admin member reader: GET /instances/{name}
      admin member reader: GET /instances/{name}/empty
      admin member reader: GET /pods
      admin member reader: GET /pods/{name}
      admin member reader: GET /pods/{name}/logs
      admin member: PATCH DELETE /instances/{name}
      admin member: POST /instances/{name}/drain
      admin member: POST /instances/{name}/undrain
      admin member: POST /instances/{name}/rotate
      admin member: POST /join_tokens
      admin member: POST /pods/{name}/exec
      admin member: POST /pods/{name}/exec/{session}/input
      """;

  private static final Map<String, Set<Role>> ROLES = roles();

  @TempDir private static Path directory;

  private ServerFixture fixture;
  private String stack = "";

  @BeforeAll
  void start() {
    fixture =
        new ServerFixture(
            ServerFixture.LIMITS,
            new AuthenticationKind.Tokens(UsersFixture.write(directory).path(), directory));
    HttpResponse<String> created =
        fixture.send(
            fixture
                .request("POST", "/stacks", ServerFixture.createBody("web"))
                .header("X-Auth-Token", UsersFixture.token(Role.MEMBER))
                .build());
    stack = json(created).path("stack").path("id").asString("");
    assertThat(stack).isNotEmpty();
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  Stream<String> routes() {
    return fixture.server.routes().stream();
  }

  private Stream<String> guarded() {
    return routes().filter(route -> permission(route).needsPrincipal());
  }

  private static Permission permission(String route) {
    return RouteRules.all().getOrDefault(route, Permission.NOBODY);
  }

  private static String method(String route) {
    return route.substring(0, route.indexOf(' '));
  }

  private HttpResponse<String> call(String route, String project, String stackId, String token) {
    String path =
        route
            .substring(route.indexOf(' ') + 1)
            .replace("{project}", project)
            .replace("{id}", stackId)
            .replaceAll("\\{[a-z]+}", "none");
    return fixture.send(
        fixture.request(method(route), "/" + path, "").header("X-Auth-Token", token).build());
  }

  @Test
  void everyRouteHasARuleAndEveryRuleARoute() {
    assertThat(fixture.server.routes())
        .as("routes and the lines of RouteRules")
        .containsExactlyInAnyOrderElementsOf(RouteRules.all().keySet());
    assertThat(RouteRules.all()).doesNotContainValue(Permission.NOBODY);
  }

  private static Map<String, Set<Role>> roles() {
    Map<String, Set<Role>> roles = new LinkedHashMap<>();
    for (String line : EXPECTED.lines().filter(each -> !each.isBlank()).toList()) {
      int colon = line.indexOf(": ");
      Set<Role> held =
          Stream.of(line.substring(0, colon).split(" ", -1))
              .map(name -> Role.of(name).orElseThrow())
              .collect(Collectors.toSet());
      List<String> words = List.of(line.substring(colon + 2).split(" ", -1));
      String path = "/v1/{project}" + words.getLast().replace("STACK", "/stacks/{name}/{id}");
      for (String method : words.subList(0, words.size() - 1)) {
        roles.put(method + " " + path, held);
      }
    }
    return roles;
  }

  @Test
  void everyRouteOfAProjectIsExpectedHere() {
    assertThat(guarded()).containsExactlyInAnyOrderElementsOf(ROLES.keySet());
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void everyRouteIsOpenToTheRolesThatMayUseItAndToNoOther(Role role) {
    for (Map.Entry<String, Set<Role>> expected : ROLES.entrySet()) {
      String route = expected.getKey();
      HttpResponse<String> response = call(route, "default", "none", UsersFixture.token(role));
      if (expected.getValue().contains(role)) {
        assertThat(response.statusCode()).as(route).isNotIn(401, 403, 500);
      } else {
        assertThat(response.statusCode()).as(route).isEqualTo(403);
      }
    }
  }

  @Test
  void whoShowsNothingOrSomethingUnknownIsNotLetIn() {
    for (String route : guarded().toList()) {
      HttpResponse<String> response = call(route, "default", stack, "guessed");
      assertThat(response.statusCode()).as(route).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate")).as(route).isPresent();
      assertThat(json(response).path("error").path("type").asString("")).isEqualTo("Unauthorized");
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aForeignProjectsTokenFindsNothing(String route) {
    if (!permission(route).needsPrincipal()) {
      return;
    }
    HttpResponse<String> theirs = call(route, "default", stack, UsersFixture.FOREIGN);
    HttpResponse<String> own =
        call(route.replace("{name}", "web"), "foreign", stack, UsersFixture.FOREIGN);

    assertThat(theirs.statusCode()).isEqualTo(403);
    if (own.statusCode() / 100 == 2) {
      assertThat(own.body()).doesNotContain(stack);
    }
    if (route.contains("{name}")) {
      assertThat(own.statusCode()).isIn(400, 404);
    }
  }
}
