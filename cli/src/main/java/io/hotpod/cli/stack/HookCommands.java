package io.hotpod.cli.stack;

import picocli.CommandLine.Command;

/** The group of commands about breakpoints. */
@Command(
    name = "hook",
    description = "Let operations go on that wait at a breakpoint.",
    subcommands = {ClearHook.class})
final class HookCommands {}
