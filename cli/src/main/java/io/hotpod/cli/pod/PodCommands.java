package io.hotpod.cli.pod;

import picocli.CommandLine.Command;

/** The group of commands about pods. */
@Command(
    name = "pod",
    description = "Pods as they were last reported, their logs, and commands in them.",
    subcommands = {ListPods.class, ShowPod.class, ShowLogs.class, RunInPod.class})
public final class PodCommands {}
