package io.hotpod.cli.pod;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.GivenTexts;
import io.hotpod.cli.session.OwnFailureCode;
import io.hotpod.cli.session.Session;
import io.hotpod.cli.session.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "exec",
    description = {
      "Run a command in a container of a pod and end with its exit code.",
      "  hotpod pod exec web/front -- ls -l /",
      "  hotpod pod exec -it web/front -- sh",
      "  hotpod pod exec -i web/front -- tar -x -C /data < data.tar",
      "126 and 127 mean that the container cannot run the program or does not have it, 125 that the"
          + " command could not be brought there at all."
    })
final class RunInPod implements Callable<Integer>, OwnFailureCode {
  private static final int NOT_RUN = 125;

  private final Session session;

  @Parameters(
      index = "0",
      paramLabel = "POD",
      description = "The pod's name or id, or STACK/RESOURCE of its deployment.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = GivenTexts.FOREIGN,
      description = "The program and its arguments, after --.")
  private List<String> command = List.of();

  @Option(
      names = {"-c", "--container"},
      paramLabel = "NAME",
      description = "Which container, when the pod has several.")
  private String container = "";

  @Option(
      names = {"-i", "--stdin"},
      description = "Hand this command's standard input to it.")
  private boolean input;

  @Option(
      names = {"-t", "--tty"},
      description = "Give it a terminal, with -i from a terminal of one's own.")
  private boolean tty;

  RunInPod(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (session.json()) {
      throw CommandFailure.usage(
          "exec prints what the command writes, not JSON; leave out --json.");
    }
    Terminal terminal = session.terminal();
    try (RawTerminal screen = tty && input ? RawTerminal.take() : RawTerminal.none();
        ApiClient api = session.api()) {
      return new ExecConversation(api, PodPath.of(name) + "/exec", terminal, screen)
          .hold(request(terminal), input);
    }
  }

  private ObjectNode request(Terminal terminal) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode words = body.putArray("command");
    command.forEach(words::add);
    if (!container.isEmpty()) {
      body.put("container", container);
    }
    body.put("input", input).put("terminal", tty);
    if (tty) {
      Terminal.Size size = terminal.size();
      body.put("rows", size.rows()).put("columns", size.columns());
    }
    return body;
  }

  @Override
  public int failureCode() {
    return NOT_RUN;
  }
}
