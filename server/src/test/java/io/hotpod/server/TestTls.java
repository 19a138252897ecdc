package io.hotpod.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.server.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** TLS with files that change. */
final class TestTls {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private TlsFiles files;

  @BeforeEach
  void make() throws Exception {
    files = certificate("server");
  }

  private TlsFiles certificate(String name) throws Exception {
    return TlsFixture.certificate(directory, name);
  }

  private static HttpClient client(Path authority) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (java.io.InputStream in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "one",
          java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static HttpResponse<String> get(HttpClient client, ServerFixture fixture, String path)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(fixture.server.uri().resolve(path)).build(),
        BodyHandlers.ofString());
  }

  private static String shown(HttpResponse<String> response) throws Exception {
    return ((X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0])
        .getSubjectX500Principal()
        .getName();
  }

  private ServerSettings settings() {
    return ServerFixture.settings(ServerFixture.LIMITS, new AuthenticationKind.None())
        .withTls(files);
  }

  private static void replace(TlsFiles by, TlsFiles files) throws IOException {
    Files.move(
        by.certificate(), files.certificate(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.move(by.key(), files.key(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void answersOverTlsWithHttp2WhereTheClientCan() throws Exception {
    try (ServerFixture fixture = new ServerFixture(settings());
        HttpClient client = client(files.certificate())) {
      HttpResponse<String> response = get(client, fixture, "/v1/default/stacks");

      assertThat(fixture.server.uri().getScheme()).isEqualTo("https");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(get(client, fixture, "/v1").body()).contains(fixture.server.uri() + "/v1/");
    }
  }

  @Test
  void largeAndRefusedRequestsAreAnsweredOverHttp2() throws Exception {
    try (ServerFixture fixture = new ServerFixture(settings());
        HttpClient client = client(files.certificate())) {
      HttpResponse<String> large =
          client.send(
              HttpRequest.newBuilder(fixture.server.uri().resolve("/v1/default/stacks"))
                  .POST(HttpRequest.BodyPublishers.ofString("{" + "x".repeat(400_000)))
                  .build(),
              BodyHandlers.ofString());
      HttpResponse<String> created =
          client.send(
              HttpRequest.newBuilder(fixture.server.uri().resolve("/v1/default/stacks"))
                  .POST(HttpRequest.BodyPublishers.ofString(ServerFixture.createBody("web")))
                  .build(),
              BodyHandlers.ofString());

      assertThat(large.statusCode()).isEqualTo(400);
      assertThat(large.body()).contains("RequestLimitExceeded");
      assertThat(created.statusCode()).isEqualTo(201);
      assertThat(get(client, fixture, "/v1/default/nope").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void whoAskedIsWrittenDownByAddressAndNotByName() throws Exception {
    Path log = directory.resolve("audit.log");
    try (ServerFixture fixture = new ServerFixture(settings().withAudit(log));
        HttpClient client = client(files.certificate())) {
      client.send(
          HttpRequest.newBuilder(fixture.server.uri().resolve("/v1/default/stacks"))
              .POST(HttpRequest.BodyPublishers.ofString(ServerFixture.createBody("web")))
              .build(),
          BodyHandlers.discarding());

      assertThat(Files.readString(log)).contains("\"address\":\"127.0.0.1\"");
    }
  }

  @Test
  void aNewCertificateIsShownWithoutARestart() throws Exception {
    TlsFiles next = certificate("next");
    try (ServerFixture fixture = new ServerFixture(settings());
        HttpClient before = client(files.certificate())) {
      assertThat(shown(get(before, fixture, "/healthz"))).isEqualTo("CN=server");

      replace(next, files);

      try (HttpClient after = client(files.certificate())) {
        assertThat(shown(get(after, fixture, "/healthz"))).isEqualTo("CN=next");
      }
      assertThat(get(before, fixture, "/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whatIsUnderWayOverHttp2EndsProperlyWhenTheServerStops() throws Exception {
    try (ServerFixture fixture = new ServerFixture(settings());
        HttpClient client = client(files.certificate())) {
      ServerFixture.Agent agent = enrol(client, fixture);
      URI base = fixture.server.uri();
      CompletableFuture<HttpResponse<String>> waiting =
          client.sendAsync(
              HttpRequest.newBuilder(
                      base.resolve("/agent/v1/instances/" + agent.id() + "/requests?wait=20"))
                  .header("Authorization", "Bearer " + agent.credential())
                  .build(),
              BodyHandlers.ofString());
      SubmissionPublisher<ByteBuffer> body =
          new SubmissionPublisher<>(Executors.newVirtualThreadPerTaskExecutor(), 16);
      CompletableFuture<HttpResponse<String>> creating =
          client.sendAsync(
              HttpRequest.newBuilder(base.resolve("/v1/default/stacks"))
                  .POST(HttpRequest.BodyPublishers.fromPublisher(body))
                  .build(),
              BodyHandlers.ofString());
      String text = ServerFixture.createBody("web");
      await().atMost(SOON).until(body::hasSubscribers);
      body.submit(ByteBuffer.wrap(text.substring(0, 10).getBytes(UTF_8)));
      await().pollDelay(Duration.ofMillis(500)).atMost(SOON).until(() -> !waiting.isDone());

      Thread stopping = Thread.ofVirtual().start(fixture.server::close);
      HttpResponse<String> answered = waiting.get(SOON.toSeconds(), TimeUnit.SECONDS);
      body.submit(ByteBuffer.wrap(text.substring(10).getBytes(UTF_8)));
      body.close();

      assertThat(answered.statusCode()).isEqualTo(204);
      assertThat(answered.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(creating.get(SOON.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(201);
      assertThat(stopping.join(SOON)).isTrue();
    }
  }

  private static ServerFixture.Agent enrol(HttpClient client, ServerFixture fixture)
      throws Exception {
    JsonNode token = post(client, fixture, "/v1/default/join_tokens", "{\"valid_minutes\": 5}");
    JsonNode enrolled =
        post(
            client,
            fixture,
            "/agent/v1/enrol",
            "{\"join_token\": \"%s\", \"name\": \"web-1\"}"
                .formatted(token.path("join_token").stringValue()));
    return new ServerFixture.Agent(
        enrolled.path("instance_id").stringValue(), enrolled.path("credential").stringValue());
  }

  private static JsonNode post(HttpClient client, ServerFixture fixture, String path, String body)
      throws Exception {
    return ServerFixture.json(
        client.send(
            HttpRequest.newBuilder(fixture.server.uri().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString()));
  }

  @Test
  void aBrokenCertificateChangesNothing() throws Exception {
    try (ServerFixture fixture = new ServerFixture(settings());
        HttpClient client = client(files.certificate())) {
      Files.writeString(files.certificate(), "oops");

      assertThat(shown(get(client, fixture, "/healthz"))).isEqualTo("CN=server");
    }
  }

  @Test
  void filesThatDoNotFitAreRefusedByName() throws Exception {
    TlsFiles other = certificate("other");

    assertRefused(
        new TlsFiles(files.certificate(), other.key()),
        "the key in %s is not that of the first certificate in %s"
            .formatted(other.key(), files.certificate()));
    assertRefused(
        new TlsFiles(files.key(), files.key()), files.key() + " holds no certificate in PEM form");
    assertRefused(
        new TlsFiles(files.certificate(), files.certificate()),
        files.certificate() + " holds a private key and may be read by everybody");
    assertRefused(
        new TlsFiles(files.certificate(), directory.resolve("none")),
        directory.resolve("none") + " does not exist");
  }

  private static void assertRefused(TlsFiles files, String message) {
    assertThatThrownBy(
            () ->
                HotpodServer.start(
                    ServerSettings.withoutAuthentication("127.0.0.1", 0).withTls(files),
                    new FakeEngine()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void otherMachinesReachItWithoutTlsOnlyWhenThatIsSaid() {
    ServerSettings open =
        ServerSettings.withoutAuthentication("0.0.0.0", 0)
            .withAuthentication(
                new AuthenticationKind.Tokens(UsersFixture.write(directory).path(), directory));

    assertThatThrownBy(() -> HotpodServer.start(open, new FakeEngine()))
        .hasMessageContaining("will not listen on 0.0.0.0 without TLS")
        .hasMessageContaining("--allow-cleartext");
    HotpodServer.start(open.withCleartext(), new FakeEngine()).close();
  }
}
