package io.hotpod.server.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one table of every route and the permission that it needs, by the defaults of Heat's policy.
 * A route that is not here is nobody's, and a test fails.
 */
public final class RouteRules {
  private static final String STACK = "/v1/{project}/stacks/{name}/{id}";
  private static final String LOOKUP = "/v1/{project}/stacks/{name}";
  private static final String AGENT = "/agent/v1/instances/{id}";
  private static final String GUEST = "/guest/v1/{project}/stacks/{name}/{id}/resources/{resource}";

  /** Permission, methods between commas, path; shortened by the names above. */
  private static final String TABLE =
      """
      PUBLIC GET /
      PUBLIC GET /versions
      PUBLIC GET /v1
      PUBLIC GET /{version}
      PUBLIC GET,HEAD /healthcheck
      PUBLIC GET,HEAD /healthz
      PUBLIC GET,HEAD /readyz
      PUBLIC GET /openapi.json
      READ GET /v1/{project}/build_info
      ADMINISTER GET /v1/{project}/services

      READ GET /v1/{project}/stacks
      READ GET /v1/{project}/stacks/detail
      CHANGE POST /v1/{project}/stacks
      READ POST /v1/{project}/stacks/preview
      READ_ALL POST /v1/{project}/validate
      READ_INSIDE GET,POST,PUT,PATCH,DELETE LOOKUP
      READ_INSIDE GET,POST LOOKUP/resources
      READ_INSIDE GET,POST LOOKUP/events
      READ_INSIDE GET,POST LOOKUP/template
      READ_INSIDE GET,POST LOOKUP/actions
      READ_INSIDE GET LOOKUP/environment
      READ_INSIDE GET LOOKUP/files
      READ GET LOOKUP/events/stream

      READ GET STACK
      CHANGE PUT,PATCH,DELETE STACK
      READ_ALL PUT,PATCH STACK/preview
      CHANGE POST STACK/actions
      READ GET STACK/template
      READ GET STACK/environment
      READ GET STACK/files
      READ GET STACK/outputs
      READ GET STACK/outputs/{key}
      READ GET STACK/events
      READ GET STACK/events/stream
      READ GET /v1/{project}/events/stream
      CHANGE DELETE STACK/abandon
      READ_ALL GET STACK/export
      READ GET STACK/snapshots
      CHANGE POST STACK/snapshots
      READ GET STACK/snapshots/{snapshot}
      CHANGE DELETE STACK/snapshots/{snapshot}
      CHANGE POST STACK/snapshots/{snapshot}/restore

      READ GET STACK/resources
      READ GET STACK/resources/{resource}
      CHANGE PATCH STACK/resources/{resource}
      READ_INSIDE GET STACK/resources/{resource}/metadata
      CHANGE_INSIDE POST STACK/resources/{resource}/signal
      READ GET STACK/resources/{resource}/events
      READ GET STACK/resources/{resource}/events/{event}

      READ GET /v1/{project}/resource_types
      READ GET /v1/{project}/resource_types/{type}
      READ_ALL GET /v1/{project}/resource_types/{type}/template
      READ GET /v1/{project}/template_versions
      READ GET /v1/{project}/template_versions/{version}/functions

      READ GET /v1/{project}/software_configs
      CHANGE POST /v1/{project}/software_configs
      READ GET /v1/{project}/software_configs/{config}
      CHANGE DELETE /v1/{project}/software_configs/{config}
      READ GET /v1/{project}/software_deployments
      CHANGE POST /v1/{project}/software_deployments
      READ GET /v1/{project}/software_deployments/{deployment}
      CHANGE PUT,DELETE /v1/{project}/software_deployments/{deployment}
      READ_INSIDE GET /v1/{project}/software_deployments/metadata/{server}

      READ GET /v1/{project}/instances
      READ GET /v1/{project}/instances/{name}
      CHANGE PATCH,DELETE /v1/{project}/instances/{name}
      CHANGE POST /v1/{project}/instances/{name}/drain
      CHANGE POST /v1/{project}/instances/{name}/undrain
      READ GET /v1/{project}/instances/{name}/empty
      CHANGE POST /v1/{project}/instances/{name}/rotate
      CHANGE POST /v1/{project}/join_tokens
      READ GET /v1/{project}/pods
      READ GET /v1/{project}/pods/{name}
      READ GET /v1/{project}/pods/{name}/logs
      CHANGE POST /v1/{project}/pods/{name}/exec
      CONVERSE POST /v1/{project}/pods/{name}/exec/{session}/input

      OWN_CREDENTIAL POST /agent/v1/enrol
      OWN_CREDENTIAL GET AGENT/pods
      OWN_CREDENTIAL PUT AGENT/report
      OWN_CREDENTIAL POST AGENT/credential
      OWN_CREDENTIAL DELETE AGENT
      OWN_CREDENTIAL GET AGENT/requests
      OWN_CREDENTIAL POST AGENT/requests/{request}/output
      OWN_CREDENTIAL GET AGENT/requests/{request}/input

      OWN_CREDENTIAL POST /servers/v1/instances/{id}/requests/{request}/take
      OWN_CREDENTIAL POST /servers/v1/instances/{id}/requests/{request}/output
      OWN_CREDENTIAL GET /servers/v1/instances/{id}/requests/{request}/input
      OWN_CREDENTIAL POST /servers/v1/pods/{pod}/exec/{session}/input

      OWN_CREDENTIAL POST GUEST/signal
      OWN_CREDENTIAL GET GUEST/metadata
      PUBLIC GET /guest/identity/v3
      OWN_CREDENTIAL POST /guest/identity/v3/auth/tokens
      OWN_CREDENTIAL POST /guest/identity/v3/ec2tokens
      OWN_CREDENTIAL POST /guest/identity/v2.0/ec2tokens
      OWN_CREDENTIAL GET /guest/cfn/v1
      OWN_CREDENTIAL POST /guest/cfn/v1/signal/{arn}/{name}/{id}/resources/{resource}
      OWN_CREDENTIAL PUT /guest/cfn/v1/waitcondition/{arn}/{name}/{id}/resources/{resource}
      OWN_CREDENTIAL GET,HEAD,PUT /guest/objects/{project}/{id}/{resource}
      OWN_CREDENTIAL GET,HEAD /guest/metadata/{project}/{id}/{resource}

      PUBLIC GET /identity
      PUBLIC GET /identity/v3
      PUBLIC POST /identity/v3/auth/tokens
      OWN_CREDENTIAL GET,HEAD,DELETE /identity/v3/auth/tokens
      OWN_CREDENTIAL POST /identity/v3/ec2tokens
      OWN_CREDENTIAL POST /identity/v2.0/ec2tokens
      OWN_CREDENTIAL GET /identity/v3/auth/catalog
      OWN_CREDENTIAL GET /identity/v3/auth/projects
      OWN_CREDENTIAL GET /identity/v3/projects
      """;

  private static final Map<String, Permission> RULES = read();

  private RouteRules() {}

  /**
   * What a route needs.
   *
   * @param method such as {@code GET}
   * @param pattern such as {@code /v1/{project}/stacks}
   */
  public static Permission of(String method, String pattern) {
    return RULES.getOrDefault(key(method, pattern), Permission.NOBODY);
  }

  /** All rules by method and path, such as {@code GET /v1/{project}/stacks}, in their order. */
  public static Map<String, Permission> all() {
    return RULES;
  }

  private static String key(String method, String pattern) {
    return method + " " + pattern;
  }

  private static Map<String, Permission> read() {
    Map<String, Permission> rules = new LinkedHashMap<>();
    for (String line : TABLE.lines().filter(each -> !each.isBlank()).toList()) {
      List<String> words = List.of(line.split(" ", -1));
      for (String method : words.get(1).split(",", -1)) {
        if (rules.put(key(method, path(words.get(2))), Permission.valueOf(words.get(0))) != null) {
          throw new IllegalStateException("two rules for " + line);
        }
      }
    }
    return Collections.unmodifiableMap(rules);
  }

  private static String path(String text) {
    String stack = expand(expand(text, "STACK", STACK), "LOOKUP", LOOKUP);
    return expand(expand(stack, "AGENT", AGENT), "GUEST", GUEST);
  }

  private static String expand(String text, String word, String path) {
    return text.startsWith(word) ? path + text.substring(word.length()) : text;
  }
}
