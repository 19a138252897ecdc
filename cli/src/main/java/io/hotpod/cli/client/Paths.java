package io.hotpod.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Pieces of URLs. */
public final class Paths {
  private Paths() {}

  /** A text made fit for one segment of a path, or for a value in a query. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
