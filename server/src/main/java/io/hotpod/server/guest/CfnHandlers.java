package io.hotpod.server.guest;

import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.signal.SignalTarget;
import io.hotpod.engine.signal.SignedPurpose;
import io.hotpod.engine.signal.SignedRequest;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Query;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** As much of the CloudFormation API as machines need. */
final class CfnHandlers {
  private final GuestService guests;

  CfnHandlers(GuestService guests) {
    this.guests = guests;
  }

  Response signal(Request request) {
    guests.signal(
        SignedUrls.readArn(request), SignedPurpose.SIGNAL, request.body().orElseGet(Json::object));
    return Response.jsonNull();
  }

  Response waitCondition(Request request) {
    SignedRequest signed = SignedUrls.readArn(request);
    ObjectNode details = request.requiredBody();
    guests.signal(signed, SignedPurpose.WAIT_CONDITION, details);
    ObjectNode body = Json.object();
    body.put("resource", signed.resourceName());
    body.set("metadata", details);
    return Response.json(201, body);
  }

  Response describe(Request request) {
    Query query = request.query();
    if (!query.last("Action").orElse("").equals("DescribeStackResource")) {
      throw new ApiException(
          400, "InvalidAction", "The only action here is DescribeStackResource.");
    }
    requireSigned(query);
    String stack = required(query, "StackName");
    String resource = required(query, "LogicalResourceId");
    GuestService.Metadata metadata =
        guests.describe(
            required(query, "AWSAccessKeyId"),
            signed(request),
            required(query, SignedText.SIGNATURE));
    if (!metadata.target().resourceName().equals(resource) || !isOf(metadata.target(), stack)) {
      throw new ApiException(
          403, "AccessDenied", "The access key is not of the resource that is asked for.");
    }
    return query.last("ContentType").orElse("XML").equals("JSON")
        ? Response.json(200, json(metadata)).with("Cache-Control", "no-store")
        : xml(metadata);
  }

  private static void requireSigned(Query query) {
    if (!query.last("SignatureVersion").orElse("2").equals("2")
        || !query.last("SignatureMethod").orElse(SignedText.METHOD).equals(SignedText.METHOD)) {
      throw new ApiException(
          400, "IncompleteSignature", "Sign by Signature Version 2 with HmacSHA256.");
    }
  }

  private static String required(Query query, String name) {
    return query
        .last(name)
        .orElseThrow(() -> new ApiException(400, "MissingParameter", name + " is missing."));
  }

  /** By its name, its id, or both in an ARN. */
  private static boolean isOf(SignalTarget target, String stack) {
    return stack.equals(target.stackName())
        || stack.equals(target.stackId())
        || stack.equals(arn(target));
  }

  private static String arn(SignalTarget target) {
    return "arn:openstack:heat::%s:stacks/%s/%s"
        .formatted(target.project(), target.stackName(), target.stackId());
  }

  private static String signed(Request request) {
    Map<String, String> parameters = new HashMap<>();
    request
        .query()
        .names()
        .forEach(name -> parameters.put(name, request.query().all(name).getLast()));
    String address = request.baseUri().replaceFirst("^https?://", "");
    int slash = address.indexOf('/');
    String host = slash < 0 ? address : address.substring(0, slash);
    String prefix = slash < 0 ? "" : address.substring(slash);
    return SignedText.of("GET", host, prefix + request.rawPath(), parameters);
  }

  private static ObjectNode detail(GuestService.Metadata metadata) {
    return Json.object()
        .put("StackId", arn(metadata.target()))
        .put("StackName", metadata.target().stackName())
        .put("LogicalResourceId", metadata.target().resourceName())
        .put("PhysicalResourceId", metadata.target().resourceId())
        .put("Metadata", Json.write(metadata.content()));
  }

  private static ObjectNode json(GuestService.Metadata metadata) {
    ObjectNode body = Json.object();
    body.putObject("DescribeStackResourceResponse")
        .putObject("DescribeStackResourceResult")
        .set("StackResourceDetail", detail(metadata));
    return body;
  }

  private static Response xml(GuestService.Metadata metadata) {
    StringBuilder fields = new StringBuilder();
    detail(metadata)
        .propertyStream()
        .forEach(
            field ->
                fields.append(
                    "<%s>%s</%s>"
                        .formatted(
                            field.getKey(),
                            escape(field.getValue().asString("")),
                            field.getKey())));
    String text =
        "<DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail>"
            + fields
            + "</StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>";
    return new Response(
        200, Map.of("Cache-Control", "no-store"), new Response.Body.Text("text/xml", text));
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
