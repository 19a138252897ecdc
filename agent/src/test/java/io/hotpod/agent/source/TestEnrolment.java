package io.hotpod.agent.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.hotpod.agent.state.Identity;
import io.hotpod.testing.kubelet.Certificates;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers end an enrolment for good, and what is said of them. */
final class TestEnrolment {
  private static Identity enrol(int status, String body) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/agent/v1/enrol",
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          try (OutputStream stream = exchange.getResponseBody()) {
            stream.write(bytes);
          }
        });
    server.start();
    try {
      return Enrolment.enrol(
          URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "token", "web-1");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void credentialComesWithTheName() throws Exception {
    assertThat(enrol(200, "{\"instance_id\":\"id-1\",\"credential\":\"c\"}"))
        .isEqualTo(new Identity("id-1", "c", Optional.of("web-1")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "409 | {\"error\":{\"message\":\"There is one already.\"}} | \"web-1\": There is one already.",
        "400 | {\"error\":{\"message\":\"No such name.\"}} | \"web-1\": No such name.",
        "404 | <html> | HTTP 404, and it does not answer like a Hotpod server",
        "422 | {} | \"web-1\": HTTP 422",
        "403 | {} | refuses the join token",
      })
  void whatCanNeverSucceedIsRefusedWithTheReasonOfTheServer(
      int status, String body, String message) {
    assertThatThrownBy(() -> enrol(status, body))
        .isInstanceOf(EnrolmentRefusedException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503})
  void whatMayPassIsWorthAnotherAttempt(int status) {
    assertThatThrownBy(() -> enrol(status, "{}"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("HTTP " + status);
  }

  @Test
  void serverWithoutTlsIsToldFromOneThatIsAway() throws Exception {
    try (CleartextServer server = new CleartextServer()) {
      URI uri = URI.create("https://127.0.0.1:" + server.port());

      assertThatThrownBy(() -> Enrolment.enrol(uri, "token", "web-1"))
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "enrolling: the server %s does not answer: what listens there speaks no TLS, and its"
                  + " address says https",
              uri);
    }
  }

  @Test
  void certificateOfAStrangerIsToldWithWhatToDo() throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(Certificates.stranger().context()));
    server.start();
    try {
      URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort());

      assertThatThrownBy(() -> Enrolment.enrol(uri, "token", "web-1"))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("its certificate is not trusted")
          .hasMessageContaining("--ca-file");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void absentServerIsToldInWords() throws IOException {
    int free;
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    URI nowhere = URI.create("http://127.0.0.1:" + free);

    assertThatThrownBy(() -> Enrolment.enrol(nowhere, "token", "web-1"))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "enrolling: the server %s does not answer: no connection to it can be made", nowhere);
  }
}
