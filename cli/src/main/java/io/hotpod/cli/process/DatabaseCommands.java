package io.hotpod.cli.process;

import picocli.CommandLine.Command;

/** The group of commands about the database of a server. */
@Command(
    name = "database",
    description = {"The database of a server, while no server runs on it."},
    subcommands = {CopyDatabase.class, RotateKey.class})
public final class DatabaseCommands {}
