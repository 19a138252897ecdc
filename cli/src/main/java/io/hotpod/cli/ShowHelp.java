package io.hotpod.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "help", description = "Show how to use a command.")
final class ShowHelp implements Runnable {
  @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Such as: stack create.")
  List<String> words = new ArrayList<>();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine command = spec.root().commandLine();
    for (String word : words) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        throw new ParameterException(
            command, command.getCommandSpec().qualifiedName() + " has no command '" + word + "'");
      }
      command = next;
    }
    command.usage(command.getOut());
  }
}
