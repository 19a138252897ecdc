package io.hotpod.server.http;

import io.helidon.http.Status;
import java.util.Map;

/** Title and explanation of a failure's status, in the words that Heat's clients know (WebOb's). */
record StatusText(String title, String explanation) {
  private static final Map<Integer, StatusText> TEXTS =
      Map.ofEntries(
          entry(
              400,
              "Bad Request",
              "The server could not comply with the request since it is either malformed or"
                  + " otherwise incorrect."),
          entry(
              401,
              "Unauthorized",
              "This server could not verify that you are authorized to access the document you"
                  + " requested."),
          entry(403, "Forbidden", "Access was denied to this resource."),
          entry(404, "Not Found", "The resource could not be found."),
          entry(
              405, "Method Not Allowed", "The method specified is not allowed for this resource."),
          entry(409, "Conflict", "There was a conflict when trying to complete your request."),
          entry(411, "Length Required", "Content-Length header required."),
          entry(422, "Unprocessable Entity", "Unable to process the contained instructions"),
          entry(
              429,
              "Too Many Requests",
              "The client has sent too many requests in a given amount of time."),
          entry(
              500,
              "Internal Server Error",
              "The server has either erred or is incapable of performing the requested"
                  + " operation."),
          entry(502, "Bad Gateway", "The instance could not answer the request."),
          entry(
              503,
              "Service Unavailable",
              "The server is currently unavailable. Please try again at a later time."));

  private static Map.Entry<Integer, StatusText> entry(int code, String title, String explanation) {
    return Map.entry(code, new StatusText(title, explanation));
  }

  static StatusText of(int code) {
    StatusText known = TEXTS.get(code);
    if (known != null) {
      return known;
    }
    String phrase = Status.create(code).reasonPhrase();
    return new StatusText(phrase, phrase);
  }
}
