package io.hotpod.agent.source.heat;

import io.hotpod.agent.source.SourceException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** POLL_SERVER_CFN: a signed DescribeStackResource. */
final class CfnCollector implements Collector {
  private static final String DOING = "asking Heat's CFN API for the server's metadata";

  private final HeatHttp http;
  private final CollectorSettings.Cfn settings;
  private final Clock clock;

  CfnCollector(HeatHttp http, CollectorSettings.Cfn settings, Clock clock) {
    this.http = http;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Optional<JsonNode> collect() throws InterruptedException {
    HeatHttp.Answer answer = http.send(DOING, HttpRequest.newBuilder(signed()).GET());
    if (answer.status() != 200) {
      throw new SourceException(DOING + ": HTTP " + answer.status() + advice(answer.status()));
    }
    try {
      JsonNode detail =
          JsonMapper.shared()
              .readTree(answer.body())
              .path("DescribeStackResourceResponse")
              .path("DescribeStackResourceResult")
              .path("StackResourceDetail");
      String field = settings.path().substring(settings.path().indexOf('.') + 1);
      JsonNode metadata = detail.path(field);
      return Optional.of(
          metadata.isString() ? JsonMapper.shared().readTree(metadata.stringValue()) : metadata);
    } catch (JacksonException e) {
      throw new SourceException(DOING + ": the answer is not JSON", e);
    }
  }

  private URI signed() {
    try {
      return SignatureV2.signedGet(
          URI.create(settings.metadataUrl()),
          Map.of(
              "Action",
              "DescribeStackResource",
              "Version",
              "2010-05-15",
              "ContentType",
              "JSON",
              "StackName",
              settings.stackName(),
              "LogicalResourceId",
              settings.path().split("\\.", 2)[0],
              "Timestamp",
              clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()),
          settings.accessKeyId(),
          settings.secretAccessKey());
    } catch (IllegalArgumentException e) {
      throw new SourceException(
          DOING + ": not a URL that can be asked: " + settings.metadataUrl(), e);
    }
  }

  private static String advice(int status) {
    return status == 403 ? "; is this machine's clock right, and is the stack still there?" : "";
  }
}
