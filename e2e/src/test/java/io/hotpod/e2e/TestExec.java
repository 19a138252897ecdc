package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands in containers, from the command line through server and agent to Podman and back. */
final class TestExec {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("exec");
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private static Site site;

  @BeforeAll
  static void start() {
    site = SITES.open();
    site.startDev(1);
    site.stacks().createAndAwait("shop", PodText.template(PodText.sleeping("front", "local-1")));
  }

  private static List<String> exec(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Project.launcher().toString(),
                "--server",
                site.api().server().toString(),
                "pod",
                "exec"));
    command.addAll(List.of(arguments));
    return command;
  }

  @Test
  void theCommandsOutputAndExitCodeAreThoseOfTheWholeCommand() {
    Command.Result result =
        Command.run(
            DEADLINE, exec("shop/front", "--", "sh", "-c", "echo out; echo err >&2; exit 7"));

    assertThat(result.exitCode()).as(result.errors()).isEqualTo(7);
    assertThat(result.output()).isEqualTo("out\n");
    assertThat(result.errors()).isEqualTo("err\n");
  }

  @Test
  void aFileGoesInAndComesOutAsItWas() throws IOException {
    Path file = Files.write(site.directory().resolve("input"), new byte[3_000_000]);

    Command.Result result =
        Command.run(
            DEADLINE,
            List.of(
                "sh",
                "-c",
                String.join(" ", exec("-i", "shop/front", "--", "wc", "-c")) + " < " + file));

    assertThat(result.successful().strip()).isEqualTo("3000000");
  }

  @Test
  void onATerminalTheCommandHasOneToo() {
    Command.Result result =
        Command.run(
            DEADLINE,
            List.of(
                "script",
                "-qec",
                "stty rows 33 cols 101; "
                    + String.join(" ", exec("-it", "shop/front", "--"))
                    // It has its size a moment after it began.
                    + " sh -c 'until stty size 2> /dev/null; do sleep 0.1; done; tty; exit 3'",
                "/dev/null"));

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
    assertThat(result.output()).contains("/dev/pts/").contains("33 101");
  }

  @Test
  void whatIsNotThereIsSaid() {
    Command.Result program = Command.run(DEADLINE, exec("shop/front", "--", "nope"));
    Command.Result container =
        Command.run(DEADLINE, exec("-c", "side", "shop/front", "--", "true"));

    assertThat(program.exitCode()).isEqualTo(127);
    assertThat(container.exitCode()).isEqualTo(125);
    assertThat(container.errors()).contains("The pod has no container side; it has: main.");
  }
}
