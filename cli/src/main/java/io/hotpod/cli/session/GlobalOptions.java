package io.hotpod.cli.session;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Options that every command takes. picocli fills the fields before a command runs, or the command
 * itself does.
 */
public final class GlobalOptions {
  static final String DEFAULT_SERVER = "http://127.0.0.1:8004";

  @Option(
      names = "--server",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "The server to talk to (HOTPOD_SERVER; default " + DEFAULT_SERVER + ").")
  String server = "";

  @Option(
      names = "--project",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "The project to work in (HOTPOD_PROJECT; default \"default\").")
  String project = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The token to show to the server, in a file (HOTPOD_TOKEN_FILE, HOTPOD_TOKEN).")
  String tokenFile = "";

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Who may have signed the server's certificate, PEM"
              + " (HOTPOD_CA_FILE; default: whom Java trusts).")
  String caFile = "";

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print the server's JSON instead of text for people.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show how to use the command.")
  boolean help;

  /**
   * Sets the server or who may have signed its certificate, without picocli.
   *
   * @return false when the option is another one
   */
  public boolean setServer(String option, String value) {
    switch (option) {
      case "--server" -> server = value;
      case "--ca-file" -> caFile = value;
      default -> {
        return false;
      }
    }
    return true;
  }
}
