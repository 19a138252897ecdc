package io.hotpod.agent.runtime.podman.libpod;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP with a service that answers what the test says. */
final class TestPodmanTransport {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  @TempDir Path directory;
  private Path socket = Path.of("");
  private ServerSocketChannel service = none();
  private PodmanTransport transport = new PodmanTransport(Path.of("none"));
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

  private static ServerSocketChannel none() {
    try {
      return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void start() throws IOException {
    socket = directory.resolve("s");
    service.bind(UnixDomainSocketAddress.of(socket));
    transport.close();
    transport = new PodmanTransport(socket);
  }

  @AfterEach
  void stop() throws IOException {
    transport.close();
    service.close();
  }

  /** Takes one request, and answers with these pieces and the end of the connection. */
  private void answering(String... pieces) {
    serving(
        connection -> {
          for (String piece : pieces) {
            write(connection, piece);
          }
        });
  }

  private interface Service {
    void serve(SocketChannel connection) throws IOException;
  }

  private void serving(Service answer) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (SocketChannel connection = service.accept()) {
                requests.add(request(Channels.newInputStream(connection)));
                answer.serve(connection);
              } catch (IOException e) {
                requests.add("failed: " + e);
              }
            });
  }

  private static void write(SocketChannel connection, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }

  private static String request(InputStream input) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(input.read());
    }
    String text = head.toString(ISO_8859_1);
    int length =
        text.lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
            .findFirst()
            .orElse(0);
    return text + new String(input.readNBytes(length), UTF_8);
  }

  private static PodmanRequest get() {
    return PodmanRequest.get("asking", "/things");
  }

  @Test
  void answerOfKnownLengthIsRead() throws Exception {
    answering(OK + "content-length: 10\r\n\r\n", "{\"a\":", " \"b\"}");

    assertThat(transport.send(get()).path("a").stringValue()).isEqualTo("b");
    assertThat(requests.poll(10, TimeUnit.SECONDS))
        .startsWith("GET /v4.0.0/libpod/things HTTP/1.1\r\nHost: ")
        .doesNotContain("Content-Length");
  }

  @Test
  void answerInChunksIsRead() throws Exception {
    answering(
        OK + "Transfer-Encoding: chunked\r\n\r\n",
        "5\r\n{\"a\":\r\n",
        "4;x=y\r\n \"b\"\r\n1",
        "\r\n}\r\n0\r\n\r\n");

    assertThat(transport.send(get()).path("a").stringValue()).isEqualTo("b");
  }

  @Test
  void answerThatEndsWithTheConnectionIsRead() throws Exception {
    answering("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\n", "{\"a\": \"b\"}");

    assertThat(transport.send(get()).path("a").stringValue()).isEqualTo("b");
  }

  @Test
  void answerWithoutContentIsOver() throws Exception {
    answering("HTTP/1.1 204 No Content\r\n\r\n");

    assertThat(transport.send(PodmanRequest.post("doing", "/things")).isMissingNode()).isTrue();
    assertThat(requests.poll(10, TimeUnit.SECONDS)).contains("\r\nContent-Length: 0\r\n");
  }

  @Test
  void refusalTellsPodmansWords() {
    answering("HTTP/1.1 409 Conflict\r\nContent-Length: 24\r\n\r\n{\"message\":\"it is taken\"}");

    assertThatThrownBy(() -> transport.send(get()))
        .isInstanceOf(PodmanException.class)
        .hasMessageContaining("it is taken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"a\": \"b\"}",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}xx\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "220 mail.example.com ESMTP\r\n\r\n",
      })
  void whatIsNoWholeAnswerIsNoAnswer(String answer) {
    answering(answer);

    assertThatThrownBy(() -> transport.send(get()))
        .isInstanceOf(PodmanUnavailableException.class)
        .hasMessageStartingWith("asking: Podman's service at " + socket + " does not answer: ");
  }

  @Test
  void headersHaveAnEnd() {
    answering(OK + "X: " + "x".repeat(100_000) + "\r\n\r\n{}");

    assertThatThrownBy(() -> transport.send(get()))
        .isInstanceOf(PodmanUnavailableException.class)
        .hasMessageContaining("headers");
  }

  @Test
  void silenceEndsWithTheDeadline() {
    serving(connection -> Channels.newInputStream(connection).readAllBytes());

    assertThatThrownBy(() -> transport.send(get().within(Duration.ofMillis(50))))
        .isInstanceOf(PodmanUnavailableException.class)
        .hasMessageContaining("no answer within");
  }

  @Test
  void interruptEndsTheWaiting() throws Exception {
    serving(connection -> Channels.newInputStream(connection).readAllBytes());
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    Thread asking =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    transport.send(get());
                    ends.add("answered");
                  } catch (InterruptedException e) {
                    ends.add("interrupted");
                  } catch (RuntimeException e) {
                    ends.add(e.toString());
                  }
                });
    requests.poll(10, TimeUnit.SECONDS);

    asking.interrupt();

    assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
  }

  @Test
  void streamIsHandedOverAsItComes() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    serving(
        connection -> {
          write(connection, OK + "Transfer-Encoding: chunked\r\n\r\n6\r\nfirst\n\r\n");
          try {
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("first");
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          write(connection, "7\r\nsecond\n\r\n0\r\n\r\n");
        });

    List<String> lines =
        transport.stream(
            get(),
            body -> {
              BufferedReader reader = new BufferedReader(new InputStreamReader(body, UTF_8));
              heard.add(reader.readLine());
              return reader.lines().toList();
            });

    assertThat(lines).containsExactly("second");
  }

  @Test
  void fileIsSentWhole() throws Exception {
    Path archive = directory.resolve("archive");
    Files.writeString(archive, "0123456789".repeat(100_000));
    answering(OK + "Content-Length: 2\r\n\r\n{}");

    transport.send(PodmanRequest.post("loading", "/images/load").body(archive));

    assertThat(requests.poll(10, TimeUnit.SECONDS))
        .contains("\r\nContent-Length: 1000000\r\n")
        .contains("\r\nContent-Type: application/x-tar\r\n")
        .endsWith("\r\n\r\n" + Files.readString(archive));
  }

  @Test
  void whatAManifestNamesStaysWithinItsPlace() throws Exception {
    answering(OK + "Content-Length: 2\r\n\r\n{}");

    transport.send(
        PodmanRequest.get("looking", "/images/a b?c#d%e\r\nX: y/é@sha256:0/json")
            .with("filters", "{\"a\":[\"b&c=d\"]}")
            .authenticated(Optional.of("c2VjcmV0")));

    assertThat(requests.poll(10, TimeUnit.SECONDS))
        .startsWith(
            "GET /v4.0.0/libpod/images/a%20b%3Fc%23d%25e%0D%0AX:%20y/%C3%A9@sha256:0/json"
                + "?filters=%7B%22a%22%3A%5B%22b%26c%3Dd%22%5D%7D HTTP/1.1\r\n")
        .contains("\r\nX-Registry-Auth: c2VjcmV0\r\n");
  }
}
