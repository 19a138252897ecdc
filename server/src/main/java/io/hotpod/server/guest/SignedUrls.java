package io.hotpod.server.guest;

import io.hotpod.engine.signal.SignedRequest;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Request;

/** Reads what signed URLs say. */
final class SignedUrls {
  private static final String ARN = "arn:openstack:heat::";
  private static final String STACKS = ":stacks";

  private SignedUrls() {}

  /** Of a URL whose path names project, stack and resource. */
  static SignedRequest read(Request request) {
    return read(request, request.variable("project"));
  }

  /** Of a URL whose path has an ARN. */
  static SignedRequest readArn(Request request) {
    String arn = request.variable("arn");
    if (!arn.startsWith(ARN) || !arn.endsWith(STACKS)) {
      throw ApiException.badRequest("The path names no resource of a stack.");
    }
    return read(request, arn.substring(ARN.length(), arn.length() - STACKS.length()));
  }

  private static SignedRequest read(Request request, String project) {
    return new SignedRequest(
        project,
        request.variable("id"),
        request.variable("resource"),
        request.query().last("Resource").orElse(""),
        request.query().last("Round").orElse(""),
        request
            .query()
            .last("Signature")
            .orElseThrow(() -> new ApiException(401, "Unauthorized", "The URL is not signed.")));
  }
}
