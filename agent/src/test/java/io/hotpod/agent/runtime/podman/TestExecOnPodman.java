package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.ExecLine;
import io.hotpod.agent.runtime.ExecQuery;
import io.hotpod.agent.runtime.ExecUnavailableException;
import io.hotpod.pod.exec.ExecFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Commands in containers of a real Podman. */
final class TestExecOnPodman {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static RuntimeFixture fixture;

  @BeforeAll
  static void begin() throws IOException {
    fixture = new RuntimeFixture();
    fixture.applyReady(
        Manifests.pod(
            "web",
            "one",
            "{'terminationGracePeriodSeconds':0,'containers':["
                + "{'name':'main','image':'IMAGE','command':['sleep','1000']},"
                + "{'name':'other','image':'IMAGE','command':['sleep','1001']}]}"));
  }

  @AfterAll
  static void end() throws IOException {
    fixture.close();
  }

  /** A person in memory. */
  private static final class Person implements ExecLine {
    private final BlockingQueue<Optional<ExecFrame>> says = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @Override
    public synchronized void tell(ExecFrame frame) {
      (frame.kind() == ExecFrame.Kind.ERROR ? error : output).writeBytes(frame.payload());
    }

    /** Like a stream over HTTP, which ends when its reader is interrupted. */
    @Override
    public Optional<ExecFrame> hear() {
      try {
        return says.take();
      } catch (InterruptedException e) {
        return Optional.empty();
      }
    }

    void say(byte[] bytes) {
      for (int at = 0; at < bytes.length; at += ExecFrame.LONGEST) {
        int length = Math.min(ExecFrame.LONGEST, bytes.length - at);
        says.add(Optional.of(ExecFrame.of(ExecFrame.Kind.INPUT, bytes, at, length)));
      }
    }

    void endInput() {
      says.add(Optional.of(ExecFrame.of(ExecFrame.Kind.END_OF_INPUT)));
    }

    void leave() {
      says.add(Optional.empty());
    }

    synchronized String output() {
      return output.toString(UTF_8);
    }

    synchronized String error() {
      return error.toString(UTF_8);
    }
  }

  private static ExecQuery query(boolean input, boolean terminal, String... command) {
    return new ExecQuery("web", "", Arrays.asList(command), input, terminal, 33, 101);
  }

  private static CompletableFuture<Integer> run(ExecQuery query, Person person) {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                code.complete(fixture.runtime.exec(query, person));
              } catch (IOException | InterruptedException | RuntimeException e) {
                code.completeExceptionally(e);
              }
            });
    return code;
  }

  private static int ended(CompletableFuture<Integer> code) throws Exception {
    return code.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void outputErrorAndExitCodeComeBack() throws Exception {
    Person person = new Person();

    int code =
        ended(run(query(false, false, "sh", "-c", "echo out; echo err >&2; exit 7"), person));

    assertThat(code).isEqualTo(7);
    assertThat(person.output()).isEqualTo("out\n");
    assertThat(person.error()).isEqualTo("err\n");
  }

  @Test
  void programsThatAreNotThereEndLikeInAShell() throws Exception {
    Person person = new Person();

    assertThat(ended(run(query(false, false, "nope"), person))).isEqualTo(127);
    assertThat(person.error()).contains("not found");
    // Podman says 125 where its runtime calls a directory one, and 126 where it calls it forbidden.
    assertThat(ended(run(query(false, false, "/etc"), new Person()))).isIn(125, 126);
  }

  @Test
  void anInputOfAMebibyteComesThroughByteByByte() throws Exception {
    byte[] bytes = new byte[1 << 20];
    RandomGenerator.of("L64X128MixRandom").nextBytes(bytes);
    // The keys with which a terminal would be left.
    bytes[100] = 0x10;
    bytes[101] = 0x11;
    Person person = new Person();
    CompletableFuture<Integer> code = run(query(true, false, "cat"), person);

    person.say(bytes);
    person.endInput();

    assertThat(ended(code)).isZero();
    assertThat(person.output.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void aTerminalHasTheSizeOfThePersons() throws Exception {
    Person person = new Person();
    CompletableFuture<Integer> code =
        run(query(true, true, "sh", "-c", "read x; stty size; read y; stty size; exit 3"), person);

    person.say("one\n".getBytes(UTF_8));
    await().atMost(SOON).until(() -> person.output().contains("33 101"));
    person.says.add(Optional.of(ExecFrame.resize(44, 122)));
    person.say("two\n".getBytes(UTF_8));

    assertThat(ended(code)).isEqualTo(3);
    assertThat(person.output()).contains("44 122");
  }

  @Test
  void aCommandEndsWithItsPerson() throws Exception {
    Person person = new Person();
    CompletableFuture<Integer> code =
        run(query(false, false, "sh", "-c", "echo begun; exec sleep 1234"), person);
    await().atMost(SOON).until(() -> person.output().contains("begun"));

    person.leave();

    assertThatThrownBy(() -> ended(code))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("is gone");
    Person other = new Person();
    assertThat(ended(run(query(false, false, "ps", "-o", "args"), other))).isZero();
    assertThat(other.output()).contains("sleep 1000").doesNotContain("sleep 1234");
  }

  @Test
  void aCommandThatReadsNothingMoreStillEnds() throws Exception {
    Person person = new Person();
    CompletableFuture<Integer> code =
        run(query(true, false, "sh", "-c", "exec <&-; echo closed; exit 5"), person);
    await().atMost(SOON).until(() -> person.output().contains("closed"));
    person.say(new byte[200_000]);
    person.endInput();

    assertThat(ended(code)).isEqualTo(5);
  }

  @Test
  void theContainerIsTheOneThatWasNamed() throws Exception {
    Person person = new Person();

    ended(
        run(
            new ExecQuery("web", "other", List.of("cat", "/proc/1/cmdline"), false, false, 1, 1),
            person));

    assertThat(person.output()).contains("1001");
    assertThatThrownBy(
            () ->
                fixture.runtime.exec(
                    new ExecQuery("web", "third", List.of("ls"), false, false, 1, 1), person))
        .isInstanceOf(ExecUnavailableException.class)
        .hasMessageContaining("no container third");
    assertThatThrownBy(
            () ->
                fixture.runtime.exec(
                    new ExecQuery("none", "", List.of("ls"), false, false, 1, 1), person))
        .isInstanceOf(ExecUnavailableException.class)
        .hasMessageContaining("no pod none");
  }

  @Test
  void aCommandIsNowhereInWhatIsSaidAboutIt() {
    assertThat(query(false, false, "login", "s3cret").toString()).doesNotContain("s3cret");
  }
}
