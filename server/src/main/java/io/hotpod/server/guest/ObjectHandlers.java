package io.hotpod.server.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.signal.SignedPurpose;
import io.hotpod.engine.signal.SignedRequest;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What machines leave and fetch under signed URLs, in the manner of an object store. */
final class ObjectHandlers {
  private static final int LARGEST = 1024 * 1024;

  private final GuestService guests;

  ObjectHandlers(GuestService guests) {
    this.guests = guests;
  }

  /** What is left is a signal as well. */
  Response put(Request request) {
    SignedRequest signed = SignedUrls.read(request);
    byte[] bytes = request.bytes(LARGEST);
    ObjectNode details = details(bytes);
    guests.store(signed, new String(bytes, UTF_8));
    guests.signal(signed, SignedPurpose.OBJECT, details);
    return Response.empty(201);
  }

  private static ObjectNode details(byte[] bytes) {
    if (bytes.length == 0) {
      return Json.object();
    }
    try {
      JsonNode details = Json.read(bytes);
      if (details instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw ApiException.badRequest("The object is not JSON: " + e.getOriginalMessage());
    }
    throw ApiException.badRequest("The object is not a JSON object.");
  }

  Response get(Request request) {
    GuestService.StoredObject stored =
        guests
            .stored(SignedUrls.read(request))
            .orElseThrow(() -> ApiException.notFound("There is no object under this URL yet."));
    return text(stored.content()).with("Last-Modified", date(stored.modifiedAt()));
  }

  private static Response text(String content) {
    return new Response(
        200,
        Map.of("Cache-Control", "no-store"),
        new Response.Body.Text("application/json", content));
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  Response metadata(Request request) {
    return text(Json.write(guests.metadata(SignedUrls.read(request))));
  }
}
