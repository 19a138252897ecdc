package io.hotpod.cli.process;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import io.hotpod.server.AuthenticationKind;
import picocli.CommandLine.Option;

/** How a server finds out who asks. picocli fills the fields. */
final class AuthenticationOptions {
  /** As they are named on the command line. */
  enum Kind {
    none,
    tokens
  }

  @Option(
      names = "--authentication",
      paramLabel = "none|tokens",
      description = {
        "How it finds out who asks (default: ${DEFAULT-VALUE}).",
        "none: not at all, only on the loopback interface; tokens: by a file of users."
      })
  private Kind kind = Kind.none;

  @Option(
      names = "--users",
      paramLabel = "FILE",
      description = "The file of users, which 'hotpod user' writes; for tokens.")
  private String users = "";

  /** What was chosen. */
  AuthenticationKind kind(Session session) {
    if (kind != Kind.tokens && !users.isEmpty()) {
      throw CommandFailure.usage("--users goes with --authentication tokens.");
    }
    return switch (kind) {
      case none -> new AuthenticationKind.None();
      case tokens -> {
        if (users.isEmpty()) {
          throw CommandFailure.usage(
              "--users is missing: the file of users.", "'hotpod user add' makes one.");
        }
        yield new AuthenticationKind.Tokens(session.path(users));
      }
    };
  }
}
