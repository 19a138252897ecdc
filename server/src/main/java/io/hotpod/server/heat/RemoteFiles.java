package io.hotpod.server.heat;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.server.fetch.Fetcher;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads what a request names by its URL and does not bring along: the template, files of {@code
 * get_file}, and templates that stand for types, in these templates too. Thread-safe.
 */
final class RemoteFiles {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

  /** Where the names beside it begin. Clients put it in front of them themselves, and leave it. */
  private static final String BASE_URL = "base_url";

  private static final String CHAIN = "OS::Heat::ResourceChain";

  private final Fetcher fetcher;

  RemoteFiles(Fetcher fetcher) {
    this.fetcher = fetcher;
  }

  /** Begins the reading for one request. */
  Fetcher.Reading begin() {
    return fetcher.begin();
  }

  /**
   * The files with those that a template and an environment name by URL. Where nothing may be read,
   * the files are left as they are, and the engine says what is missing.
   *
   * @param reading what the request makes the server read
   * @param environment each a map, or the text of one
   */
  Map<String, String> completed(
      Fetcher.Reading reading,
      String template,
      Iterable<JsonNode> environment,
      Map<String, String> files) {
    if (fetcher.policy().isNothing()) {
      return files;
    }
    Map<String, String> all = new LinkedHashMap<>(files);
    Set<String> wanted = new LinkedHashSet<>();
    environment.forEach(each -> collectMapped(read(each).path("resource_registry"), wanted));
    collect(template, wanted);
    files.values().forEach(text -> collectTemplate(text, wanted));
    int read = 0;
    wanted.removeAll(all.keySet());
    while (!wanted.isEmpty()) {
      String url = wanted.iterator().next();
      wanted.remove(url);
      if (++read > fetcher.policy().files()) {
        throw ApiException.badRequest(
            "The request names more than %d files by URL; send them along."
                .formatted(fetcher.policy().files()));
      }
      String text = reading.text(url);
      all.put(url, text);
      collectTemplate(text, wanted);
      wanted.removeAll(all.keySet());
    }
    return all;
  }

  /** What is broken holds nothing; the engine says what is wrong with it, and where. */
  private static JsonNode read(JsonNode mapOrText) {
    try {
      return mapOrText.isString()
          ? READER.read("text", mapOrText.stringValue()).toJson()
          : mapOrText;
    } catch (DocumentException broken) {
      return Json.object();
    }
  }

  /** A file may be anything; only a template names others. */
  private static void collectTemplate(String text, Set<String> wanted) {
    if (text.contains("heat_template_version")) {
      collect(text, wanted);
    }
  }

  private static void collect(String template, Set<String> wanted) {
    JsonNode document = read(JsonNodeFactory.instance.stringNode(template));
    for (JsonNode resource : document.path("resources")) {
      add(resource.path("type"), wanted);
      JsonNode properties = resource.path("properties");
      collectTypes(properties, wanted);
      if (resource.path("type").asString("").equals(CHAIN)) {
        properties.path("resources").valueStream().forEach(type -> add(type, wanted));
      }
    }
    collectFiles(document, wanted);
  }

  /** Groups have the types of their members in their properties. */
  private static void collectTypes(JsonNode node, Set<String> wanted) {
    if (node.path("type").asString("").matches(".*\\.(yaml|template)")) {
      add(node.path("type"), wanted);
    }
    node.valueStream().forEach(child -> collectTypes(child, wanted));
  }

  private static void collectFiles(JsonNode node, Set<String> wanted) {
    if (node.isObject() && node.size() == 1) {
      add(node.path("get_file"), wanted);
    }
    node.valueStream().forEach(child -> collectFiles(child, wanted));
  }

  private static void collectMapped(JsonNode registry, Set<String> wanted) {
    add(registry, wanted);
    if (registry.isObject()) {
      registry
          .propertyStream()
          .filter(entry -> !entry.getKey().equals(BASE_URL))
          .forEach(entry -> collectMapped(entry.getValue(), wanted));
    }
  }

  private static void add(JsonNode value, Set<String> wanted) {
    String text = value.asString("");
    if (text.startsWith("http://") || text.startsWith("https://")) {
      wanted.add(text);
    }
  }
}
