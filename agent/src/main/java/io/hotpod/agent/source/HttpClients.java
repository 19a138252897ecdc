package io.hotpod.agent.source;

import io.hotpod.agent.http.LateTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;

/** HTTP clients for talking to a server. */
public final class HttpClients {
  private HttpClients() {}

  /** A client for servers of that scheme, for as long as its owner keeps it. */
  public static HttpClient create(URI server) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    if ("http".equals(server.getScheme())) {
      client.sslContext(new LateTls());
    }
    return client.build();
  }
}
