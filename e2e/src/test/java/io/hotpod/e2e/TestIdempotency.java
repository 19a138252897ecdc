package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A request that is sent again, because its answer was lost. */
final class TestIdempotency {
  @RegisterExtension private final Sites sites = Sites.ofEachTest("idempotency");
  private static final Map<String, String> KEY = Map.of("Idempotency-Key", "order-66");
  private static final String TEMPLATE =
      """
      heat_template_version: 2021-04-16
      resources:
        thing:
          type: OS::Heat::TestResource
          properties: {value: %s}
      """;

  private Site site;
  private HotpodProcess server;

  @BeforeEach
  void start() {
    site = sites.open();
    server = site.startServer();
  }

  private int stacks() {
    return site.api().get("/v1/default/stacks").successful().path("stacks").size();
  }

  @Test
  void theSameRequestAgainGivesTheSameStackAndAnswer() {
    Answer first = site.stacks().create("shop", TEMPLATE.formatted("one"), KEY);
    Answer second = site.stacks().create("shop", TEMPLATE.formatted("one"), KEY);

    assertThat(first.status()).isEqualTo(201);
    assertThat(second).isEqualTo(first);
    assertThat(stacks()).isEqualTo(1);
  }

  @Test
  void manyAtOnceMakeOneStack() throws ExecutionException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> site.stacks().create("shop", TEMPLATE.formatted("one"), KEY)))
              .toList();
      Answer first = answers.getFirst().get();
      assertThat(first.status()).isEqualTo(201);
      for (Future<Answer> answer : answers) {
        assertThat(answer.get()).isEqualTo(first);
      }
    }
    assertThat(stacks()).isEqualTo(1);
  }

  @Test
  void anotherRequestUnderTheSameKeyIsRefused() {
    site.stacks().create("shop", TEMPLATE.formatted("one"), KEY).successful();

    Answer other = site.stacks().create("shop", TEMPLATE.formatted("two"), KEY);

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.error()).contains("order-66");
    assertThat(stacks()).isEqualTo(1);
  }

  @Test
  void withoutAKeyTheNameIsTaken() {
    site.stacks().create("shop", TEMPLATE.formatted("one"));

    assertThat(site.stacks().create("shop", TEMPLATE.formatted("one"), Map.of()).status())
        .isEqualTo(409);
  }

  @Test
  void theServersDeathBetweenChangesNothing() {
    Answer first = site.stacks().create("shop", TEMPLATE.formatted("one"), KEY);
    site.kill(server);
    server = site.startServer();

    Answer second = site.stacks().create("shop", TEMPLATE.formatted("one"), KEY);

    assertThat(second.status()).isEqualTo(201);
    assertThat(second.body().at("/stack/id")).isEqualTo(first.body().at("/stack/id"));
    assertThat(stacks()).isEqualTo(1);
    site.stacks().await("shop", "CREATE_COMPLETE");
  }
}
