package io.hotpod.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The manual page of a command and all that are below it, in the language of man(7): what each says
 * of itself when it is asked for help, as it stands.
 */
final class ManualPage {
  private final StringBuilder text = new StringBuilder();

  private ManualPage() {}

  /**
   * @param root its name is that of the page
   */
  static String of(CommandLine root, String version) {
    ManualPage page = new ManualPage();
    String name = root.getCommandName();
    String[] said = root.getCommandSpec().usageMessage().description();
    page.line(".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" \"" + name + " " + version + "\"");
    page.line(".SH NAME");
    page.line(name + " \\- " + escaped(String.join(" ", said)));
    page.line(".SH SYNOPSIS");
    page.asItStands(root);
    page.line(".SH COMMANDS");
    root.getSubcommands().values().forEach(page::command);
    return page.text.toString();
  }

  private void command(CommandLine command) {
    if (command.getCommandSpec().usageMessage().hidden()) {
      return;
    }
    line(".SS " + escaped(command.getCommandSpec().qualifiedName()));
    asItStands(command);
    command.getSubcommands().values().forEach(this::command);
  }

  private void asItStands(CommandLine command) {
    line(".nf");
    command.getUsageMessage(Ansi.OFF).lines().forEach(each -> line(escaped(each)));
    line(".fi");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /**
   * By groff_char(7): else a backslash, a dash, or a dot or quote at a line's start is a request.
   */
  private static String escaped(String line) {
    String plain = line.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
