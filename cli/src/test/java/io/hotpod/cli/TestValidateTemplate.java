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

  @Test
  void checksPropertiesAndManifestsOfResources() throws IOException {
    CommandRun run =
        validate(
            """
            heat_template_version: 2021-04-16
            parameters: {image: {type: string}}
            resources:
              config:
                type: OS::Kubernetes::PodConfig
                properties:
                  manifest:
                    apiVersion: v1
                    kind: Pd
                    metadata: {name: web}
                    spec: {containers: [{name: main, image: {get_param: image}}]}
              web:
                type: OS::Kubernetes::PodDeployment
                properties: {config: {get_resource: config}, server: a, wait_fr: READY}
            """);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("hotpod: t.yaml has 2 problems.")
        .contains(
            "t.yaml:9:9 (resources.config.properties.manifest.kind)",
            "t.yaml:14:61 (resources.web.properties.wait_fr)",
            "did you mean \"wait_for\"?");
  }

  @Test
  void tellsEverythingInOnePass() throws IOException {
    CommandRun run =
        validate(
            """
            heat_template_version: 2021-04-16
            parameters:
              p: {typ: string}
            resources:
              broken: {type: OS::Heat::Value, propertes: {value: 1}}
              lost: {type: OS::Heat::Value, properties: {value: {get_resource: nobody}}}
              wrong: {type: OS::Heat::RandomString, properties: {length: many}}
              fine:
                type: OS::Heat::Value
                properties: {value: [{get_resource: broken}, {get_param: p}]}
            """);

    assertThat(run.err())
        .startsWith("hotpod: t.yaml has ")
        .contains(
            "Invalid key 'typ' for parameter (p)",
            "(resources.broken",
            "The specified reference \"nobody\" (in lost) is incorrect.",
            "Value 'many' is not an integer")
        .doesNotContain("(resources.fine");
  }

  @Test
  void warnsAndGoesOn() throws IOException {
    String template =
        """
        heat_template_version: 2021-04-16
        parameters: {p: {type: string}}
        """;

    CommandRun run = validate(template);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .startsWith("warning: nothing uses the parameter \"p\"\n --> t.yaml:2:14 (parameters.p)\n");
    assertThat(run.out()).isEqualTo("t.yaml: valid, 0 resources, 1 warning.\n");
    assertThat(validate(template, "--strict").exitCode()).isEqualTo(1);
    assertThat(validate(template, "--json").out()).contains("\"line\" : 2");
  }

  @Test
  void takesValuesFromEnvironments() throws IOException {
    Files.writeString(directory.resolve("e.yaml"), "parameters: {n: x}\n");

    CommandRun run =
        validate(
            "heat_template_version: 2021-04-16\nparameters:\n  n: {type: number}\n",
            "-e",
            "e.yaml");

    assertThat(run.err()).contains("Parameter 'n' is invalid");
  }

  @Test
  void saysWhichEnvironmentHasTheWrongValueAndGoesOn() throws IOException {
    Files.writeString(directory.resolve("e.yaml"), "parameters:\n  n: x\n  m: 1\n");

    CommandRun run =
        validate(
            """
            heat_template_version: 2021-04-16
            parameters:
              n: {type: number}
            resources:
              a: {type: OS::Heat::Value, properties: {valu: {get_param: n}}}
            """,
            "-e",
            "e.yaml");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("hotpod: t.yaml has 4 problems.")
        .contains(
            "e.yaml:2:3 (parameters.n)",
            "2 |   n: x",
            "e.yaml:3:3 (parameters.m)",
            "t.yaml:5:43 (resources.a.properties.valu)");
  }

  @Test
  void looksIntoTemplatesThatAreTypes() throws IOException {
    Path inner = Files.createDirectory(directory.resolve("inner"));
    Files.writeString(
        inner.resolve("b.yaml"),
        """
        heat_template_version: 2021-04-16
        parameters: {size: {type: number}}
        resources:
          x: {type: OS::Heat::Value, properties: {valu: 1}}
          deeper: {type: c.yaml}
        """);
    Files.writeString(
        inner.resolve("c.yaml"),
        """
        heat_template_version: 2021-04-16
        resources:
          y: {type: OS::Heat::Nonee}
          z: {type: OS::Heat::None}
          z: {type: OS::Heat::None}
        """);
    Files.writeString(directory.resolve("e.yaml"), "resource_registry: {My::Type: inner/b.yaml}\n");

    CommandRun run =
        validate(
            """
            heat_template_version: 2021-04-16
            resources:
              named: {type: inner/b.yaml, properties: {size: many}}
              mapped: {type: My::Type, properties: {size: 1}}
            """,
            "-e",
            "e.yaml");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "t.yaml:3:44 (resources.named.properties.size)",
            "inner/b.yaml:4:43 (resources.mapped.resources.x.properties.valu)",
            "4 |   x: {type: OS::Heat::Value, properties: {valu: 1}}",
            "inner/c.yaml:3:3 (resources.mapped.resources.deeper.resources.y)",
            "did you mean OS::Heat::None?",
            "the key \"z\" was already given at inner/c.yaml:4:3");
  }

  @Test
  void warnsOfTemplatesThatAreTypes() throws IOException {
    Files.writeString(
        directory.resolve("b.yaml"),
        "heat_template_version: 2021-04-16\nparameters: {unused: {type: string, default: x}}\n");

    CommandRun run =
        validate(
            """
            heat_template_version: 2021-04-16
            resources:
              one: {type: b.yaml}
              two: {type: b.yaml}
            """);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("nothing uses the parameter", "b.yaml:2:14").hasLineCount(6);
    assertThat(run.out()).isEqualTo("t.yaml: valid, 2 resources, 1 warning.\n");
  }

  @Test
  void tellsTheByteThatIsNotUtf8() throws IOException {
    Files.write(directory.resolve("b.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff});

    CommandRun run = CommandRun.of(NOWHERE, directory, "template", "validate", "b.yaml");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("the byte 0xFF is not UTF-8", "b.yaml:1:4");
  }

  @Test
  void drawsTheGraph() throws IOException {
    Files.writeString(
        directory.resolve("g.yaml"),
        """
        heat_template_version: 2021-04-16
        resources:
          b: {type: OS::Heat::Value, properties: {value: {get_resource: a}}}
          a: {type: OS::Heat::RandomString}
        """);

    assertThat(CommandRun.of(NOWHERE, directory, "template", "graph", "g.yaml").out())
        .isEqualTo("1  a  OS::Heat::RandomString\n2  b  OS::Heat::Value         needs a\n");
    assertThat(
            CommandRun.of(NOWHERE, directory, "template", "graph", "g.yaml", "--format", "svg")
                .out())
        .startsWith("<svg ")
        .endsWith("</svg>\n");
    assertThat(
            CommandRun.of(NOWHERE, directory, "template", "graph", "g.yaml", "--format", "dot")
                .out())
        .startsWith("digraph");
  }

  @Test
  void filesThatAreNotThereHideNothingElse() throws IOException {
    Files.writeString(directory.resolve("e.yaml"), "parameters: {p: 1, p: 2}\nwrong: {}\n");

    CommandRun run =
        validate(
            """
            heat_template_version: 2021-04-16
            parameters: {p: {type: number}}
            resources:
              a: {type: OS::Heat::Value, properties: {value: {get_file: gone.txt}}}
              b: {type: gone.yaml, properties: {x: {get_param: p}}}
              c: {type: OS::Heat::Value, properties: {valu: 1}}
              d: {type: OS::Heat::None}
              d: {type: OS::Heat::None, depends_on: nobody}
              e: {type: OS::Heat::Value, properties: {gone.txt: 1, value: 1}}
            """,
            "-e",
            "e.yaml");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("hotpod: t.yaml has 8 problems.")
        .contains(
            "the file gone.txt does not exist\n --> t.yaml:4:61",
            "the file gone.yaml does not exist\n --> t.yaml:5:13",
            "t.yaml:6:43 (resources.c.properties.valu)",
            "t.yaml:9:43 (resources.e.properties.gone.txt)",
            "the key \"d\" was already given at t.yaml:7:3",
            "The specified reference \"nobody\"",
            "the key \"p\" was already given at e.yaml:1:14");
  }

  @Test
  void defaultsMayBeForTemplatesThatAreTypes() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), "parameter_defaults: {p: x}\n");
    Files.writeString(directory.resolve("b.yaml"), "parameter_defaults: {size: many}\n");
    Files.writeString(
        directory.resolve("inner.yaml"),
        """
        heat_template_version: 2021-04-16
        parameters: {size: {type: number}}
        outputs: {o: {value: {get_param: size}}}
        """);

    CommandRun run =
        validate(
            """
            heat_template_version: 2021-04-16
            parameters: {p: {type: string}}
            resources: {r: {type: inner.yaml}}
            outputs: {o: {value: {get_param: p}}}
            """,
            "-e",
            "a.yaml",
            "-e",
            "b.yaml");

    assertThat(run.err()).contains("Parameter 'size' is invalid: Value must be a number");
  }

  @Test
  void checksResourcesThatAreOnlyThereForSomeValues() throws IOException {
    CommandRun run =
        validate(
            """
            heat_template_version: 2021-04-16
            parameters: {mode: {type: string}}
            conditions: {isA: {equals: [{get_param: mode}, a]}}
            resources: {r: {type: OS::Heat::Value, condition: isA, properties: {valu: 1}}}
            """);

    assertThat(run.err()).contains("Unknown Property valu");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void refusesEventSinksAsAServerDoes() throws IOException {
    Files.writeString(
        directory.resolve("e.yaml"), "event_sinks: [{type: zaqar-queue, target: q}]\n");

    CommandRun run = validate("heat_template_version: 2021-04-16\n", "-e", "e.yaml");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("The event sink type zaqar-queue is not supported yet", "e.yaml:1:15");
  }
}
