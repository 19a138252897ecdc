package io.hotpod.agent.source;

import io.hotpod.agent.http.LateTls;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;

/** HTTP clients for talking to a server. */
public final class HttpClients {
  private HttpClients() {}

  /** A client for servers with TLS and without, for as long as its owner keeps it. */
  public static HttpClient create() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .sslContext(new LateTls())
        .build();
  }
}
