package io.hotpod.cli.pod;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Print what a container wrote.")
final class ShowLogs implements Runnable {
  private final Session session;

  @Parameters(
      paramLabel = "POD",
      description = "The pod's name or id, or STACK/RESOURCE of its deployment.")
  private String name = "";

  @Option(
      names = {"-c", "--container"},
      paramLabel = "NAME",
      description = "Which container, when the pod has several.")
  private String container = "";

  @Option(names = "--tail", paramLabel = "N", description = "Only the last N lines.")
  private Optional<Integer> tail = Optional.empty();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until interrupted.")
  private boolean follow;

  ShowLogs(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (session.json()) {
      throw CommandFailure.usage("logs are what a container wrote, not JSON; leave out --json.");
    }
    if (tail.isPresent() && tail.get() < 0) {
      throw CommandFailure.usage("--tail takes a number from 0.");
    }
    StringBuilder path = new StringBuilder(PodPath.of(name)).append("/logs?follow=").append(follow);
    if (!container.isEmpty()) {
      path.append("&container=").append(Paths.encode(container));
    }
    tail.ifPresent(lines -> path.append("&tail=").append(lines));
    PrintStream out = session.terminal().out();
    try (ApiClient api = session.api();
        InputStream logs = api.stream(path.toString())) {
      byte[] piece = new byte[8192];
      for (int read = logs.read(piece); read >= 0; read = logs.read(piece)) {
        out.write(piece, 0, read);
        out.flush();
        if (out.checkError()) {
          return;
        }
      }
    } catch (IOException failure) {
      throw CommandFailure.of("the logs of " + name + " broke off: " + failure.getMessage());
    }
  }
}
