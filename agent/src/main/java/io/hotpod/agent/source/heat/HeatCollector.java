package io.hotpod.agent.source.heat;

import io.hotpod.agent.source.SourceException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** POLL_SERVER_HEAT. Keeps its login until Heat does not take it any more. */
final class HeatCollector implements Collector {
  private static final String DOING = "asking Heat for the server's metadata";

  private final HeatHttp http;
  private final Keystone keystone;
  private final CollectorSettings.Heat settings;
  private Optional<Keystone.Session> session = Optional.empty();

  HeatCollector(HeatHttp http, CollectorSettings.Heat settings) {
    this.http = http;
    this.keystone = new Keystone(http);
    this.settings = settings;
  }

  @Override
  public Optional<JsonNode> collect() throws InterruptedException {
    boolean fresh = session.isEmpty();
    HeatHttp.Answer answer = ask();
    if (answer.status() == 401 && !fresh) {
      session = Optional.empty();
      answer = ask();
    }
    if (answer.status() != 200) {
      session = Optional.empty();
      throw new SourceException(
          DOING + ": HTTP " + answer.status() + " for " + settings.resourceName());
    }
    try {
      return Optional.of(JsonMapper.shared().readTree(answer.body()).path("metadata"));
    } catch (JacksonException e) {
      throw new SourceException(DOING + ": the answer is not JSON", e);
    }
  }

  private HeatHttp.Answer ask() throws InterruptedException {
    Keystone.Session login = login();
    return http.send(
        DOING,
        HeatHttp.request(
                DOING,
                login.heat()
                    + HeatPaths.resource(settings.stackId(), settings.resourceName())
                    + "/metadata")
            .header("X-Auth-Token", login.token())
            .header("Accept", "application/json")
            .GET());
  }

  private Keystone.Session login() throws InterruptedException {
    if (session.isEmpty()) {
      try {
        session = Optional.of(keystone.login(settings.credentials()));
      } catch (Keystone.RefusedException e) {
        throw new SourceException(
            e.getMessage() + "; the pods are left as they are; has the stack been deleted?", e);
      }
    }
    return session.get();
  }
}
