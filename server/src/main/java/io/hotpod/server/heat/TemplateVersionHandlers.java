package io.hotpod.server.heat;

import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The versions of the template language, and the functions that are there in each. */
final class TemplateVersionHandlers {
  private static final String PREFIX = "heat_template_version.";

  /** Version to the release name that is its alias; empty for none. */
  private static final Map<String, String> VERSIONS = versions();

  private static final Map<String, String> FUNCTIONS = functions();
  private static final Map<String, String> CONDITIONS = conditions();

  private static Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("2013-05-23", "");
    versions.put("2014-10-16", "");
    versions.put("2015-04-30", "");
    versions.put("2015-10-15", "");
    versions.put("2016-04-08", "");
    versions.put("2016-10-14", "newton");
    versions.put("2017-02-24", "ocata");
    versions.put("2017-09-01", "pike");
    versions.put("2018-03-02", "queens");
    versions.put("2018-08-31", "rocky");
    versions.put("2021-04-16", "wallaby");
    return versions;
  }

  private static Map<String, String> functions() {
    Map<String, String> functions = new LinkedHashMap<>();
    functions.put("get_attr", "A function for resolving resource attributes.");
    functions.put("get_file", "A function for including a file inline.");
    functions.put("get_param", "A function for resolving parameter references.");
    functions.put("get_resource", "A function for resolving resource references.");
    functions.put("list_join", "A function for joining lists of strings.");
    functions.put("str_replace", "A function for performing string substitutions.");
    return functions;
  }

  private static Map<String, String> conditions() {
    Map<String, String> functions = new LinkedHashMap<>();
    functions.put("and", "A function that acts as an AND-operator on conditions.");
    functions.put("equals", "A function for comparing whether two values are equal.");
    functions.put("not", "A function that acts as a NOT-operator on a condition.");
    functions.put("or", "A function that acts as an OR-operator on conditions.");
    return functions;
  }

  Response list(Request request) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("template_versions");
    VERSIONS.forEach(
        (version, alias) -> {
          ArrayNode aliases =
              list.addObject()
                  .put("version", PREFIX + version)
                  .put("type", "hot")
                  .putArray("aliases");
          if (!alias.isEmpty()) {
            aliases.add(PREFIX + alias);
          }
        });
    return Response.json(200, body);
  }

  Response functions(Request request) {
    String name = request.variable("version");
    String version = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
    if (!VERSIONS.containsKey(version)) {
      throw ApiException.notFound("The Template version (%s) could not be found.".formatted(name));
    }
    // From the version on that knows conditions; the dates sort as they count.
    boolean conditional = version.compareTo("2016-10-14") >= 0;
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("template_functions");
    FUNCTIONS.forEach((function, words) -> add(list, function, words));
    if (conditional) {
      add(list, "if", "A function to return corresponding value based on condition evaluation.");
      if (request.query().flag("with_condition_func", false)) {
        CONDITIONS.forEach((function, words) -> add(list, function, words));
      }
    }
    return Response.json(200, body);
  }

  private static void add(ArrayNode list, String function, String words) {
    list.addObject().put("functions", function).put("description", words);
  }
}
