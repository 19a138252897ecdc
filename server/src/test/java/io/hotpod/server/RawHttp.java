package io.hotpod.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** Sends what a well-behaved client cannot. */
final class RawHttp {
  private RawHttp() {}

  /**
   * Sends a request and reads the answer until the connection ends.
   *
   * @param head the request line and headers, each with its line end; a Host of the server and
   *     {@code Connection: close} are added where it has no Host
   */
  static HttpResponse<String> send(URI server, String head, String body) {
    return send(server, head, body.getBytes(UTF_8));
  }

  /** The same with a body that is no text. */
  static HttpResponse<String> send(URI server, String head, byte[] body) {
    String host =
        head.contains("Host:")
            ? ""
            : "Host: " + server.getAuthority() + "\r\nConnection: close\r\n";
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write((head + host + "\r\n").getBytes(UTF_8));
      out.write(body);
      out.flush();
      return parse(new String(socket.getInputStream().readAllBytes(), ISO_8859_1), server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse<String> parse(String answer, URI server) {
    int end = answer.indexOf("\r\n\r\n");
    List<String> lines = List.of(answer.substring(0, end).split("\r\n", -1));
    Map<String, List<String>> headers = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(line.substring(0, colon), absent -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(lines.getFirst().split(" ", -1)[1]);
    return new Answer(
        status, HttpHeaders.of(headers, (name, value) -> true), answer.substring(end + 4), server);
  }

  private record Answer(int statusCode, HttpHeaders headers, String body, URI uri)
      implements HttpResponse<String> {
    @Override
    public HttpRequest request() {
      return HttpRequest.newBuilder(uri).build();
    }

    @Override
    public Optional<HttpResponse<String>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }
}
