package io.hotpod.engine;

import io.hotpod.engine.signal.SignedRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes signed URLs apart as the server does. */
final class SignedUrl {
  private SignedUrl() {}

  static SignedRequest read(String url) {
    URI uri = URI.create(url);
    Map<String, String> query =
        Arrays.stream(uri.getQuery().split("&", -1))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    List<String> path = List.of(uri.getPath().split("/", -1));
    boolean arn = path.contains("resources");
    return new SignedRequest(
        "default",
        path.get(path.size() - (arn ? 3 : 2)),
        path.getLast(),
        query.getOrDefault("Resource", ""),
        query.getOrDefault("Round", ""),
        query.getOrDefault("Signature", ""));
  }
}
