package io.hotpod.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What completes a command and all that are below it in fish, see {@code complete(1)} of that
 * shell. Which command is meant follows from the words that are neither options nor their values.
 */
final class FishCompletion {
  private static final String FUNCTIONS =
      """
      function __hotpod_words
          set -l words (commandline -opc)
          set -l value yes
          for word in $words
              if test $value = yes
                  set value no
                  continue
              end
              switch $word
                  case TAKING
                      set value yes
                  case '-*'
                  case '*'
                      echo $word
              end
          end
      end
      function __hotpod_at
          set -l words (__hotpod_words)
          set -l place 1
          for word in $argv
              test "$words[$place]" = $word; or return 1
              set place (math $place + 1)
          end
      end
      function __hotpod_below
          set -l words (__hotpod_words)
          test (count $words) -eq (count $argv); and __hotpod_at $argv
      end
      """;

  private final SortedSet<String> taking = new TreeSet<>();
  private final StringBuilder text = new StringBuilder();

  private FishCompletion() {}

  /**
   * @param root its name is that of the program
   */
  static String of(CommandLine root) {
    FishCompletion completion = new FishCompletion();
    completion.command(root.getCommandName(), List.of(), root);
    return FUNCTIONS.replace("TAKING", String.join(" ", completion.taking)) + completion.text;
  }

  private void command(String program, List<String> path, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String where = path.isEmpty() ? "" : " " + String.join(" ", path);
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && !option.inherited()) {
        option(program, where, option);
      }
    }
    command
        .getSubcommands()
        .forEach(
            (name, below) -> {
              CommandSpec one = below.getCommandSpec();
              if (!one.usageMessage().hidden()) {
                text.append(
                    "complete -c %s -n '__hotpod_below%s' -f -a %s%s\n"
                        .formatted(
                            program, where, name, described(one.usageMessage().description())));
                List<String> longer = new ArrayList<>(path);
                longer.add(name);
                command(program, longer, below);
              }
            });
  }

  private void option(String program, String where, OptionSpec option) {
    text.append("complete -c %s -n '__hotpod_at%s'".formatted(program, where));
    boolean valued = option.arity().min() > 0;
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
      if (valued) {
        taking.add(name);
      }
    }
    text.append(valued ? " -r" : "").append(described(option.description())).append('\n');
  }

  /** The first sentence, without what would have to be filled in. */
  private static String described(String[] description) {
    String words = description.length == 0 ? "" : description[0];
    String plain =
        words.replaceAll("\\s*\\(?\\$\\{[^}]*}\\)?", "").replaceFirst("\\.(\\s.*)?$", "");
    return plain.isBlank() ? "" : " -d '" + plain.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
