package io.hotpod.server.identity;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.hotpod.server.access.Role;
import io.hotpod.server.authentication.PasswordCheck;
import io.hotpod.server.authentication.Unauthorized;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import io.hotpod.server.http.Router;
import io.hotpod.server.users.User;
import io.hotpod.server.users.WatchedUsers;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The routes of the Identity API. */
public final class IdentityApi {
  static final String CHALLENGE = "Keystone";
  static final String ROOT = "/identity";
  static final String V3 = ROOT + "/v3";

  private static final HeaderName AUTH_TOKEN = HeaderNames.create("X-Auth-Token");
  private static final HeaderName SUBJECT_TOKEN = HeaderNames.create("X-Subject-Token");

  private final WatchedUsers users;
  private final IdentityTokens tokens;
  private final Login login;

  private IdentityApi(WatchedUsers users, PasswordCheck passwords, IdentityTokens tokens) {
    this.users = users;
    this.tokens = tokens;
    this.login = new Login(users, passwords, tokens);
  }

  /** A token that was shown, and whose it is. */
  private record Shown(SignedToken token, User user) {}

  /** Adds the routes. */
  public static void addTo(
      Router router, WatchedUsers users, PasswordCheck passwords, IdentityTokens tokens) {
    IdentityApi api = new IdentityApi(users, passwords, tokens);
    router.add("GET", ROOT, IdentityApi::versions);
    router.add("GET", V3, IdentityApi::version);
    router.add("POST", V3 + "/auth/tokens", api::issue);
    router.add("GET", V3 + "/auth/tokens", api::show);
    router.add("HEAD", V3 + "/auth/tokens", api::show);
    router.add("DELETE", V3 + "/auth/tokens", api::revoke);
    router.add("GET", V3 + "/auth/catalog", api::catalog);
    router.add("GET", V3 + "/auth/projects", api::projects);
    router.add("GET", V3 + "/projects", api::projects);
  }

  private static Response versions(Request request) {
    ObjectNode body = Json.object();
    body.putObject("versions").putArray("values").add(IdentityJson.version(request.baseUri()));
    return Response.json(300, body);
  }

  private static Response version(Request request) {
    ObjectNode body = Json.object();
    body.set("version", IdentityJson.version(request.baseUri()));
    return Response.json(200, body);
  }

  private Response issue(Request request) {
    SignedToken token = login.token(request);
    User user = users.now().named(token.user()).orElseThrow(IdentityApi::notGood);
    return Response.json(201, body(request, new Shown(token, user)))
        .with("X-Subject-Token", tokens.text(token))
        .with("Cache-Control", "no-store");
  }

  private Response show(Request request) {
    Shown subject = subject(request);
    return Response.json(200, body(request, subject))
        .with("X-Subject-Token", tokens.text(subject.token()))
        .with("Cache-Control", "no-store");
  }

  private Response revoke(Request request) {
    tokens.revoke(subject(request).token());
    return Response.empty(204);
  }

  private Response catalog(Request request) {
    Shown shown = shown(request, AUTH_TOKEN);
    String project =
        shown
            .token()
            .project()
            .orElseThrow(() -> new ApiException(403, "Forbidden", "The token is for no project."));
    ObjectNode body = Json.object();
    body.set("catalog", IdentityJson.catalog(project, request.baseUri()));
    IdentityJson.links(body);
    return Response.json(200, body);
  }

  private Response projects(Request request) {
    return Response.json(
        200, IdentityJson.projects(shown(request, AUTH_TOKEN).user(), request.baseUri()));
  }

  private static ObjectNode body(Request request, Shown shown) {
    ObjectNode body = Json.object();
    body.set(
        "token",
        IdentityJson.token(
            shown.token(),
            shown.user(),
            request.baseUri(),
            !request.query().names().contains("nocatalog")));
    return body;
  }

  /** The token that a request is about: the caller's own, or any for who administers. */
  private Shown subject(Request request) {
    Shown caller = shown(request, AUTH_TOKEN);
    Shown subject = shownOr404(request);
    Set<Role> roles =
        caller
            .token()
            .project()
            .map(project -> IdentityTokens.roles(caller.user(), project))
            .orElse(Set.of());
    if (!caller.user().name().equals(subject.user().name()) && !roles.contains(Role.ADMIN)) {
      throw new ApiException(
          403, "Forbidden", "Only an admin may look at the tokens of somebody else.");
    }
    return subject;
  }

  private Shown shownOr404(Request request) {
    try {
      return shown(request, SUBJECT_TOKEN);
    } catch (ApiException notGood) {
      throw new ApiException(404, "NotFound", "The token in X-Subject-Token is not good.");
    }
  }

  private Shown shown(Request request, HeaderName header) {
    SignedToken token =
        request.header(header).flatMap(tokens::read).orElseThrow(IdentityApi::notGood);
    return new Shown(token, users.now().named(token.user()).orElseThrow(IdentityApi::notGood));
  }

  private static ApiException notGood() {
    return Unauthorized.of("The token is not known, has expired or was revoked.", CHALLENGE);
  }
}
