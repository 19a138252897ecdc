package io.hotpod.server.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Deadlines;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TestFetcher {
  private final WebSite site = new WebSite();
  private final Deadlines deadlines = new Deadlines();

  @AfterEach
  void close() {
    site.close();
    deadlines.close();
  }

  private Fetcher fetcher(FetchPolicy policy) {
    return new Fetcher(policy, deadlines);
  }

  /** Reads from the site, inside as it is. */
  private Fetcher allowed() {
    return fetcher(FetchPolicy.of(List.of(AllowedPlace.parse(site.url("/"), true))));
  }

  private static void assertRefused(Fetcher fetcher, String url, String words) {
    assertThatThrownBy(() -> fetcher.text(url))
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(400))
        .hasMessageStartingWith("Could not retrieve ")
        .hasMessageContaining(words);
  }

  @Test
  void whatIsAllowedIsRead() {
    site.page("/a.yaml", "text with \u00e9").leads("/old", "/a.yaml");

    assertThat(allowed().text(site.url("/a.yaml?secret=x"))).isEqualTo("text with \u00e9");
    assertThat(allowed().text(site.url("/old"))).isEqualTo("text with \u00e9");
    assertThat(site.asked().getFirst()).isEqualTo("127.0.0.1:" + site.port() + "/a.yaml?secret=x");
  }

  @Test
  void withoutAPolicyNothingIsRead() {
    site.page("/a.yaml", "text");

    assertRefused(
        fetcher(FetchPolicy.NOTHING), site.url("/a.yaml"), "reads nothing from elsewhere");
    assertThat(site.asked()).isEmpty();
  }

  @Test
  void insideIsRefusedWhereItIsNotMeant() {
    site.page("/a.yaml", "text");
    Fetcher outside = fetcher(FetchPolicy.of(List.of(AllowedPlace.parse(site.url("/"), false))));

    assertRefused(outside, site.url("/a.yaml"), "127.0.0.1, inside this network");
    assertThat(site.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "::1",
        "0.0.0.0",
        "::",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.1",
        "192.168.1.1",
        "169.254.169.254",
        "fe80::1",
        "fd00::1",
        "fc12::1",
        "100.64.0.1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001::1",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "240.0.0.1",
        "198.18.0.1",
        "192.0.0.8"
      })
  void addressesInsideAreKnown(String address) throws UnknownHostException {
    assertThat(InnerAddresses.isInner(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1"})
  void addressesOfTheWorldAreKnown(String address) throws UnknownHostException {
    assertThat(InnerAddresses.isInner(InetAddress.getByName(address))).isFalse();
  }

  @Test
  void aNameIsLookedUpOnceAndTheConnectionGoesWhereItWasChecked() {
    site.page("/a.yaml", "text");
    AtomicInteger lookups = new AtomicInteger();
    NameResolver names =
        host -> {
          lookups.incrementAndGet();
          return List.of(InetAddress.getLoopbackAddress());
        };
    // The name does not exist: who asked the machine for it would find nothing.
    String url = "http://rebound.invalid:" + site.port() + "/a.yaml";
    Fetcher fetcher =
        new Fetcher(
            FetchPolicy.of(List.of(AllowedPlace.parse("rebound.invalid:" + site.port(), true))),
            deadlines,
            names);

    assertThat(fetcher.text(url)).isEqualTo("text");
    assertThat(lookups).hasValue(1);
    assertThat(site.asked()).containsExactly("rebound.invalid:" + site.port() + "/a.yaml");
  }

  @Test
  void oneAddressInsideIsEnoughToRefuse() {
    NameResolver names =
        host -> List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1"));
    Fetcher fetcher =
        new Fetcher(
            FetchPolicy.of(List.of(AllowedPlace.parse("mixed.example.org", false))),
            deadlines,
            names);

    assertRefused(fetcher, "https://mixed.example.org/a", "10.0.0.1, inside this network");
  }

  @Test
  void everyHopIsChecked() {
    site.page("/a.yaml", "text")
        .leads("/away", "http://example.invalid/a.yaml")
        .leads("/scheme", "file:///etc/passwd")
        .leads("/up", "/x/../a.yaml")
        .leads("/userinfo", "http://u:p@127.0.0.1:%d/a.yaml".formatted(site.port()))
        .leads("/circle", "/circle");

    assertRefused(allowed(), site.url("/away"), "is not among what this server may read");
    assertRefused(allowed(), site.url("/scheme"), "only http and https are read");
    assertRefused(allowed(), site.url("/userinfo"), "may not hold a user or a password");
    assertRefused(allowed(), site.url("/circle"), "leads on more than 5 times");
    assertRefused(allowed(), site.url("/up"), "goes up");
    try (WebSite other = new WebSite()) {
      other.page("/a.yaml", "other");
      site.leads("/other", other.url("/a.yaml"));
      assertRefused(allowed(), site.url("/other"), "is not among what this server may read");
      assertThat(other.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://example.org/a, only http and https",
    "file:///etc/passwd, only http and https",
    "//example.org/a, only http and https",
    "http:///a, needs a host",
    "http://u:secret@example.org/a, may not hold a user",
    "http://example.org/%2e%2e/a, goes up",
    "http://example.org/a/../b, goes up",
    "http://example.org/a%2Fb, goes up",
    "http://example.org/a b, that is no URL",
    "http://elsewhere.org/a, not among"
  })
  void whatIsNotPlainIsRefused(String url, String words) {
    Fetcher fetcher = fetcher(FetchPolicy.of(List.of(AllowedPlace.parse("example.org", false))));

    assertRefused(fetcher, url, words);
    assertThatThrownBy(() -> fetcher.text(url)).hasMessageNotContaining("secret");
  }

  @Test
  void sizeStatusAndKindAreLimited() {
    site.page("/large", "x".repeat(2000))
        .page("/missing", exchange -> WebSite.send(exchange, 404, "no"))
        .page(
            "/binary",
            exchange -> {
              exchange.sendResponseHeaders(200, 2);
              exchange.getResponseBody().write(new byte[] {(byte) 0xff, (byte) 0xfe});
            })
        .page(
            "/packed",
            exchange -> {
              exchange.getResponseHeaders().set("Content-Encoding", "gzip");
              WebSite.send(exchange, 200, "x");
            });
    Fetcher small =
        fetcher(
            new FetchPolicy(
                List.of(AllowedPlace.parse(site.url("/"), true)),
                1000,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                5,
                5));

    assertRefused(small, site.url("/large"), "more than 1000 bytes");
    assertRefused(small, site.url("/missing"), "answered with 404");
    assertRefused(small, site.url("/binary"), "not text in UTF-8");
    assertRefused(small, site.url("/packed"), "compressed");
  }

  @Test
  void allThatARequestNamesHasATimeTogether() {
    CountDownLatch over = new CountDownLatch(1);
    site.page("/a", "text")
        .page(
            "/slow",
            exchange -> {
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Fetcher.Reading reading =
        fetcher(
                new FetchPolicy(
                    List.of(AllowedPlace.parse(site.url("/"), true)),
                    1000,
                    Duration.ofSeconds(20),
                    Duration.ofMillis(700),
                    5,
                    5))
            .begin();

    // On a virtual thread, as requests are: only there an interrupt ends the reading at once.
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                assertThat(reading.text(site.url("/a"))).isEqualTo("text");
                for (String path : List.of("/slow", "/a")) {
                  assertThatThrownBy(() -> reading.text(site.url(path)))
                      .isInstanceOf(ApiException.class)
                      .hasMessageContaining("in all; send it along");
                }
                assertThat(Thread.interrupted()).isFalse();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            });
    assertThat(done).succeedsWithin(Duration.ofSeconds(15));
    over.countDown();
  }

  @Test
  void timeIsLimitedAlsoForWhatDripsIn() {
    CountDownLatch over = new CountDownLatch(1);
    site.page(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Fetcher hasty =
        fetcher(
            new FetchPolicy(
                List.of(AllowedPlace.parse(site.url("/"), true)),
                1000,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                5,
                5));

    assertRefused(hasty, site.url("/slow"), "longer than 1 seconds");
    assertThat(Thread.interrupted()).isFalse();
    over.countDown();
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, https://example.org/a, true",
    "example.org, http://EXAMPLE.org/a, true",
    "example.org, https://example.org:8443/a, false",
    "example.org:8443, https://example.org:8443/a, true",
    "example.org, https://example.org.evil.net/a, false",
    "https://example.org, https://example.org/a, true",
    "https://example.org, http://example.org/a, false",
    "https://example.org/t, https://example.org/t, true",
    "https://example.org/t, https://example.org/t/a, true",
    "https://example.org/t, https://example.org/tt, false",
    "https://example.org/t/, https://example.org/t/a?x, true",
    "https://example.org/t/, https://example.org/, false"
  })
  void aPlaceIncludesWhatIsBelowIt(String place, String url, boolean included) {
    assertThat(AllowedPlace.parse(place, false).includes(java.net.URI.create(url)))
        .isEqualTo(included);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://a",
        "a/b",
        "https://u@a",
        "https://a?x",
        "https://a#x",
        "a b",
        "https://"
      })
  void whatIsNoPlaceIsRefused(String text) {
    assertThatThrownBy(() -> AllowedPlace.parse(text, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
