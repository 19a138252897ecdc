package io.hotpod.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.KeptAnswers;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class TestKeptAnswers {
  private static final ObjectNode ANSWER =
      JsonNodeFactory.instance.objectNode().put("text", "a secret");

  private @TempDir Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private KeptAnswers answers() {
    return fixture.engine().answers();
  }

  private static Caller caller(String project, String digest) {
    return new Caller(
        project, Optional.empty(), Optional.of(new Caller.IdempotencyKey("key", digest)));
  }

  @Test
  void anAnswerIsGivenAgainAfterARestart() {
    Caller caller = caller("default", "digest");
    assertThat(answers().begin(caller)).isEqualTo(new KeptAnswers.Known.Nothing());
    answers().end(caller, Optional.of(ANSWER));

    fixture.restart();

    assertThat(answers().begin(caller)).isEqualTo(new KeptAnswers.Known.Answered(ANSWER));
    assertThatThrownBy(() -> answers().begin(caller("default", "other")))
        .isInstanceOfSatisfying(
            EngineException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.IDEMPOTENCY_MISMATCH));
    assertThat(answers().begin(caller("foreign", "digest")))
        .as("keys are a project's own")
        .isEqualTo(new KeptAnswers.Known.Nothing());
  }

  @Test
  void whatWasBegunIsNotDoneAgain() {
    Caller caller = caller("default", "digest");
    answers().begin(caller);

    fixture.restart();

    assertThat(answers().begin(caller)).isEqualTo(new KeptAnswers.Known.Begun());
  }

  @Test
  void whatWasRefusedMayBeAskedAgain() {
    Caller caller = caller("default", "digest");
    answers().begin(caller);
    answers().end(caller, Optional.empty());

    assertThat(answers().begin(caller)).isEqualTo(new KeptAnswers.Known.Nothing());
  }
}
