package io.hotpod.cli.pod;

import picocli.CommandLine.Command;

/** The group of commands about pods. */
@Command(
    name = "pod",
    description = "Pods as they were last reported, and their logs.",
    subcommands = {ListPods.class, ShowPod.class, ShowLogs.class})
public final class PodCommands {}
