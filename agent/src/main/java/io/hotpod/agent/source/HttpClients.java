package io.hotpod.agent.source;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;

/** HTTP clients for talking to a server. */
final class HttpClients {
  private HttpClients() {}

  static HttpClient create() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }
}
