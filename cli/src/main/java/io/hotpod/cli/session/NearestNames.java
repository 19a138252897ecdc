package io.hotpod.cli.session;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.ApiException;
import io.hotpod.cli.client.UnreachableException;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;

/** Which name may have been meant by one that the server does not know. */
final class NearestNames {
  private NearestNames() {}

  /** A name of the kind that the command is about; empty when none is near. */
  static Optional<String> of(Session session, ParseResult arguments) {
    if (!arguments.hasSubcommand()) {
      return Optional.empty();
    }
    String group = arguments.subcommand().commandSpec().name();
    ParseResult last = arguments;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    List<String> given =
        last.matchedPositionals().stream().flatMap(each -> each.stringValues().stream()).toList();
    if (given.isEmpty()) {
      return Optional.empty();
    }
    try (ApiClient api = session.api()) {
      List<String> known = known(api, group);
      return given.stream()
          .filter(name -> !known.contains(name))
          .findFirst()
          .flatMap(name -> Suggestions.nearest(name, known));
    } catch (ApiException | UnreachableException failure) {
      // The refusal is told all the same.
      return Optional.empty();
    }
  }

  private static List<String> known(ApiClient api, String group) {
    return switch (group) {
      case "stack" -> names(api.get("/stacks").path("stacks"), "stack_name");
      case "instance" -> names(api.get("/instances").path("instances"), "name");
      case "pod" -> {
        JsonNode pods = api.get("/pods").path("pods");
        List<String> names = new ArrayList<>(names(pods, "name"));
        for (JsonNode pod : pods) {
          names.add(
              pod.path("stack_name").asString("") + "/" + pod.path("resource_name").asString(""));
        }
        yield names;
      }
      default -> List.of();
    };
  }

  private static List<String> names(JsonNode list, String field) {
    return list.valueStream().map(each -> each.path(field).asString("")).toList();
  }
}
