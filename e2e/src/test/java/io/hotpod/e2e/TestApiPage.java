package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page about the clients says can be typed, typed as it stands there. */
final class TestApiPage {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("api-page");

  private static final Duration DEADLINE = Duration.ofMinutes(10);
  private static final String SERVER = "http://127.0.0.1:8004";
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** What Terraform's resource takes. */
  private static final Set<String> ARGUMENTS =
      Set.of(
          "region",
          "name",
          "template_opts",
          "disable_rollback",
          "environment_opts",
          "parameters",
          "timeout",
          "tags");

  private static Site site;
  private static List<Block> blocks = List.of();

  /**
   * A piece of the page.
   *
   * @param kind what stands behind the fence
   */
  private record Block(String kind, String text) {}

  @BeforeAll
  static void start() throws IOException {
    site = SITES.open();
    blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(Project.document("api.md")));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    Files.createSymbolicLink(site.directory().resolve("hotpod"), Project.launcher());
    // The first block makes the user whom the server has to know from its start.
    run(blocks.removeFirst().text());
    site.startServer(
        List.of(
            "--authentication",
            "tokens",
            "--users",
            site.directory().resolve("users.json").toString()));
  }

  private static String run(String commands) throws IOException {
    Path script =
        Files.writeString(
            site.directory().resolve("page.sh"),
            "set -eux\nPATH=$PWD:$PATH\n"
                + commands.replace(SERVER, site.api().server().toString()));
    return Command.run(DEADLINE, List.of("/bin/sh", script.toString()), site.directory())
        .successful();
  }

  /** One script, so that what a block exports is there for those that follow. */
  @Test
  void everyCommandDoesWhatThePageSays() throws IOException {
    StringBuilder script = new StringBuilder();
    for (Block block : blocks) {
      switch (block.kind()) {
        case "sh" -> script.append(block.text());
        case "python" ->
            script
                .append("/usr/bin/python3 - <<'PYTHON'\n")
                .append(block.text())
                .append("PYTHON\n");
        case "yaml" -> {
          Path playbook =
              Files.writeString(site.directory().resolve("playbook.yaml"), block.text());
          script
              .append("/usr/bin/python3 -B ")
              .append(Project.module("e2e").resolve("src/test/python/playbook.py"))
              .append(' ')
              .append(playbook)
              .append('\n');
        }
        default -> assertThat(block.kind()).isEqualTo("hcl");
      }
    }

    String output = run(script.toString());

    assertThat(output)
        .contains(
            "CREATE_COMPLETE", "UPDATE_COMPLETE", "OS::Kubernetes::PodConfig", "done: 2 tasks");
  }

  @Test
  void theArgumentsForTerraformAreThoseOfItsResource() {
    String text =
        blocks.stream()
            .filter(block -> block.kind().equals("hcl"))
            .map(Block::text)
            .findFirst()
            .orElseThrow();
    Matcher arguments =
        Pattern.compile("^  (\\w+) +=", Pattern.MULTILINE)
            .matcher(text.substring(text.indexOf("\"openstack_orchestration_stack_v1\"")));
    List<String> found = arguments.results().map(each -> each.group(1)).toList();

    assertThat(found).contains("name", "template_opts").isSubsetOf(ARGUMENTS);
  }
}
