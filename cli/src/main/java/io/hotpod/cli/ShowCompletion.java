package io.hotpod.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Print what completes commands and options in a shell.",
      "For bash and zsh: source <(hotpod completion)",
      "For fish: hotpod completion fish | source"
    })
final class ShowCompletion implements Runnable {
  /** Nothing of what bash would be told by it means something to zsh. */
  private static final String FOR_ZSH =
      """
      #compdef hotpod
      compopt() { return 0 }
      """;

  /** Zsh takes it in when hotpod is completed for the first time, and that goes on from here. */
  private static final String FIRST_TIME =
      """
      if [ "${funcstack[1]:-}" = _hotpod ]; then _bash_complete -o default -F _complete_hotpod; fi
      """;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "${COMPLETION-CANDIDATES}; zsh is for a directory of its $$fpath.")
  Shell shell = Shell.bash;

  @Spec CommandSpec spec = CommandSpec.create();

  /** By the names of their programs. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    root.getOut().print(text(root));
    root.getOut().flush();
  }

  private String text(CommandLine root) {
    String bash = AutoComplete.bash(root.getCommandName(), root);
    return switch (shell) {
      case bash -> bash;
      case zsh -> FOR_ZSH + bash + FIRST_TIME;
      case fish -> FishCompletion.of(root);
    };
  }
}
