package io.hotpod.agent.source.heat;

import io.hotpod.agent.source.SourceException;
import java.net.http.HttpRequest;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** POLL_TEMP_URL: an object that is fetched again only when it is another one. */
final class RequestCollector implements Collector {
  private static final String DOING = "fetching the server's metadata from its temporary URL";

  private final HeatHttp http;
  private final CollectorSettings.Request settings;
  private Optional<String> seen = Optional.empty();

  RequestCollector(HeatHttp http, CollectorSettings.Request settings) {
    this.http = http;
    this.settings = settings;
  }

  @Override
  public Optional<JsonNode> collect() throws InterruptedException {
    HeatHttp.Answer head = ask("HEAD");
    if (head.version().isPresent() && head.version().equals(seen)) {
      return Optional.empty();
    }
    HeatHttp.Answer answer = ask("GET");
    try {
      JsonNode document = JsonMapper.shared().readTree(answer.body());
      seen = answer.version();
      return Optional.of(document);
    } catch (JacksonException e) {
      throw new SourceException(DOING + ": the object is not JSON", e);
    }
  }

  private HeatHttp.Answer ask(String verb) throws InterruptedException {
    HeatHttp.Answer answer =
        http.send(
            DOING,
            HeatHttp.request(DOING, settings.metadataUrl())
                .method(verb, HttpRequest.BodyPublishers.noBody()));
    if (answer.status() != 200) {
      throw new SourceException(DOING + ": HTTP " + answer.status());
    }
    return answer;
  }
}
