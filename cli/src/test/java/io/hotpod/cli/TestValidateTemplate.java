package io.hotpod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestValidateTemplate {
  private static final String NOWHERE = "http://127.0.0.1:1";

  @TempDir Path directory;

  private CommandRun validate(String template, String... more) throws IOException {
    Files.writeString(directory.resolve("t.yaml"), template);
    String[] arguments = new String[3 + more.length];
    arguments[0] = "template";
    arguments[1] = "validate";
    arguments[2] = "t.yaml";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return CommandRun.of(NOWHERE, directory, arguments);
  }

  @Test
  void needsNoServer() throws IOException {
    CommandRun run =
        validate(
            """
            heat_template_version: 2021-04-16
            parameters:
              name: {type: string}
            resources:
              a: {type: OS::Heat::Value, properties: {value: {get_param: name}}}
            """);

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("t.yaml: valid, 1 resource.\n");
  }

  @Test
  void showsEveryProblemWithItsLine() throws IOException {
    CommandRun run =
        validate(
            """
            heat_template_version: 2021-04-16
            resources:
              a:
                typ: OS::Heat::Value
            """);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("hotpod: t.yaml has")
        .contains(
            "t.yaml:4:5", "4 |     typ: OS::Heat::Value\n  |     ^\n", "did you mean \"type\"?");
  }

  @Test
  void checksTheParametersThatAreGiven() throws IOException {
    CommandRun run =
        validate(
            "heat_template_version: 2021-04-16\nparameters:\n  n: {type: number}\n", "-p", "n=x");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("Parameter 'n' is invalid");
  }
}
