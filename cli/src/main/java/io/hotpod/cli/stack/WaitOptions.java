package io.hotpod.cli.stack;

import picocli.CommandLine.Option;

/** Whether a command waits for what it began. picocli fills the field. */
final class WaitOptions {
  @Option(names = "--no-wait", description = "Return as soon as the server has accepted it.")
  boolean noWait;
}
