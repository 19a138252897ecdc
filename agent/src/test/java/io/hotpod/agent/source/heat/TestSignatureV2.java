package io.hotpod.agent.source.heat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestSignatureV2 {
  /** The worked example of Amazon's description of the signature. */
  @Test
  void signsTheExampleOfItsDescription() {
    String query =
        SignatureV2.query(
            Map.of(
                "Action", "DescribeJobFlows",
                "Version", "2009-03-31",
                "AWSAccessKeyId", "AKIAIOSFODNN7EXAMPLE",
                "SignatureVersion", "2",
                "SignatureMethod", "HmacSHA256",
                "Timestamp", "2011-10-03T15:19:30"));

    assertThat(
            SignatureV2.signature(
                "GET",
                "elasticmapreduce.amazonaws.com",
                "/",
                query,
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))
        .isEqualTo("i91nKc4PWAt0JJIdXwz9HxZCJDdiy6cf/Mj6vPxyYIs=");
  }

  @Test
  void signsARequestToHeat() {
    URI signed =
        SignatureV2.signedGet(
            URI.create("http://10.0.0.2:8000/v1/"),
            Map.of(
                "Action", "DescribeStackResource",
                "StackName", "büro *~ a+b",
                "LogicalResourceId", "s_cfn",
                "ContentType", "JSON",
                "Timestamp", "2026-01-01T00:00:00Z"),
            "key",
            "sec&ret");

    assertThat(signed.toString())
        .isEqualTo(
            "http://10.0.0.2:8000/v1/?AWSAccessKeyId=key&Action=DescribeStackResource"
                + "&ContentType=JSON&LogicalResourceId=s_cfn&SignatureMethod=HmacSHA256"
                + "&SignatureVersion=2&StackName=b%C3%BCro%20%2A~%20a%2Bb"
                + "&Timestamp=2026-01-01T00%3A00%3A00Z&Signature=wljYWoHGpwMsrzs%2F%2BEhpYhA1HwQGPpvAXF9A72w7S%2FE%3D");
  }

  @ParameterizedTest
  @CsvSource({"a-_.~Z9,a-_.~Z9", "a b,a%20b", "*,%2A", "+,%2B", "/,%2F", "ı,%C4%B1"})
  void encodesByRfc3986(String text, String encoded) {
    assertThat(SignatureV2.encode(text)).isEqualTo(encoded);
  }
}
