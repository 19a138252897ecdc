package io.hotpod.cli.stack;

import picocli.CommandLine.Command;

/** The group of commands about snapshots of a stack. */
@Command(
    name = "snapshot",
    description = "Keep what a stack is, and bring it back.",
    subcommands = {
      CreateSnapshot.class,
      ListSnapshots.class,
      ShowSnapshot.class,
      DeleteSnapshot.class,
      RestoreSnapshot.class
    })
final class SnapshotCommands {}
