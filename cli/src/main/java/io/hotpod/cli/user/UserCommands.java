package io.hotpod.cli.user;

import picocli.CommandLine.Command;

/** The group of commands about users. */
@Command(
    name = "user",
    description = {
      "Users of a server that runs with --authentication tokens.",
      "They change the file that the server reads; it sees the change by itself."
    },
    subcommands = {
      AddUser.class,
      ListUsers.class,
      RemoveUser.class,
      MakeToken.class,
      RevokeToken.class
    })
public final class UserCommands {}
