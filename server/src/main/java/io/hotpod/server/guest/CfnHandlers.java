package io.hotpod.server.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.signal.SignedPurpose;
import io.hotpod.engine.signal.SignedRequest;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Query;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import java.net.URLEncoder;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** As much of the CloudFormation API as machines need. */
final class CfnHandlers {
  private static final String SIGNATURE = "Signature";

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
      throw ApiException.badRequest("The only action here is DescribeStackResource.");
    }
    GuestService.Metadata metadata =
        guests.describe(
            query.last("AWSAccessKeyId").orElse(""),
            signed(request),
            query.last(SIGNATURE).orElse(""));
    if (!metadata.target().resourceName().equals(query.last("LogicalResourceId").orElse(""))) {
      throw new ApiException(
          403, "AccessDenied", "The access key is not of the resource that is asked for.");
    }
    return query.last("ContentType").orElse("XML").equals("JSON")
        ? Response.json(200, json(metadata)).with("Cache-Control", "no-store")
        : xml(metadata);
  }

  /** What the secret signed: Amazon's "Signature Version 2". */
  private static String signed(Request request) {
    StringBuilder parameters = new StringBuilder();
    for (String name : new TreeSet<>(request.query().names())) {
      if (!name.equals(SIGNATURE)) {
        parameters
            .append(parameters.isEmpty() ? "" : "&")
            .append(encode(name))
            .append('=')
            .append(encode(request.query().all(name).getLast()));
      }
    }
    String address = request.baseUri().replaceFirst("^https?://", "");
    int slash = address.indexOf('/');
    String host = slash < 0 ? address : address.substring(0, slash);
    String prefix = slash < 0 ? "" : address.substring(slash);
    return String.join(
        "\n", "GET", host.toLowerCase(Locale.ROOT), prefix + request.rawPath(), parameters);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static ObjectNode detail(GuestService.Metadata metadata) {
    return Json.object()
        .put(
            "StackId",
            "arn:openstack:heat::%s:stacks/%s/%s"
                .formatted(
                    metadata.target().project(),
                    metadata.target().stackName(),
                    metadata.target().stackId()))
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

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
