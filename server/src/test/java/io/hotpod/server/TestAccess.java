package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.server.access.Permission;
import io.hotpod.server.access.Role;
import io.hotpod.server.access.RouteRules;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
  /** Everything that a machine inside a stack may do, and nothing else. */
  private static final Set<String> INSIDE =
      Set.of(
          "/v1/{project}/stacks/{name}",
          "/v1/{project}/stacks/{name}/resources",
          "/v1/{project}/stacks/{name}/events",
          "/v1/{project}/stacks/{name}/template",
          "/v1/{project}/stacks/{name}/actions",
          "/v1/{project}/stacks/{name}/environment",
          "/v1/{project}/stacks/{name}/files",
          "/v1/{project}/stacks/{name}/{id}/resources/{resource}/metadata",
          "/v1/{project}/stacks/{name}/{id}/resources/{resource}/signal",
          "/v1/{project}/software_deployments/metadata/{server}");

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

  @ParameterizedTest
  @EnumSource(Role.class)
  void everyRouteIsOpenToTheRolesOfItsRuleAndToNoOther(Role role) {
    for (String route : guarded().toList()) {
      HttpResponse<String> response = call(route, "default", "none", UsersFixture.token(role));
      if (permission(route).roles().contains(role)) {
        assertThat(response.statusCode()).as(route).isNotIn(401, 403, 500);
      } else {
        assertThat(response.statusCode()).as(route).isEqualTo(403);
      }
    }
  }

  @Test
  void aMachineInsideAStackMayDoLittle() {
    for (String route : guarded().toList()) {
      String path = route.substring(route.indexOf(' ') + 1);
      assertThat(permission(route).isGivenBy(Set.of(Role.HEAT_STACK_USER)))
          .as(route)
          .isEqualTo(INSIDE.contains(path));
    }
  }

  @Test
  void aReaderChangesNothing() {
    List<String> changes =
        guarded()
            .filter(route -> !route.startsWith("GET "))
            .filter(route -> permission(route).isGivenBy(Set.of(Role.READER)))
            .filter(route -> permission(route) != Permission.READ_INSIDE)
            .toList();

    assertThat(changes).containsExactly("POST /v1/{project}/validate");
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
