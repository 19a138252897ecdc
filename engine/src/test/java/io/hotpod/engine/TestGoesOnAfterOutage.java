package io.hotpod.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operation goes on as soon as the database is back, and not when its owner looks again. */
final class TestGoesOnAfterOutage {
  /** The owner looks again by itself after five seconds; the database is tried twice a second. */
  private static final Duration SOON = Duration.ofSeconds(4);

  private static final String TEMPLATE =
      """
      heat_template_version: 2021-04-16
      resources:
        a: {type: OS::Heat::TestResource, properties: {value: one}}
        b: {type: OS::Heat::Value, properties: {value: {get_attr: [a, output]}}}
      """;

  @TempDir private Path directory;
  private FaultStage stage;

  @BeforeEach
  void open() {
    stage = new FaultStage(directory);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void anOutageInTheMiddleCostsNoMoreThanItself() {
    stage.begin("first");
    stage.create(TEMPLATE);
    stage.settle();
    stage.begin("counted");
    stage.store().failAt(0, FailingStore.Kind.CONNECTION);
    stage.create(TEMPLATE);
    stage.settle();
    int calls = stage.store().calls();

    stage.begin("broken");
    stage.store().failAt(Math.max(calls / 2, 1), FailingStore.Kind.CONNECTION);
    long start = System.nanoTime();
    stage.create(TEMPLATE);
    stage.settle();
    Duration taken = Duration.ofNanos(System.nanoTime() - start);

    assertThat(stage.store().hasFailed()).as("one of %d calls fails", calls).isTrue();
    assertThat(stage.stack().combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(taken).isLessThan(SOON);
  }
}
