package io.hotpod.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** For the packages. */
@Command(
    name = "manual",
    hidden = true,
    description = "Print the manual page of all commands, for man.")
final class ShowManual implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    root.getOut().print(ManualPage.of(root, Version.text()));
    root.getOut().flush();
  }
}
