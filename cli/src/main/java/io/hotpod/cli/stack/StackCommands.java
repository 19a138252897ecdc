package io.hotpod.cli.stack;

import picocli.CommandLine.Command;

/** The group of commands about stacks. */
@Command(
    name = "stack",
    description = "Create, change and watch stacks.",
    subcommands = {
      CreateStack.class,
      UpdateStack.class,
      PlanStack.class,
      ListStacks.class,
      ShowStack.class,
      SuspendStack.class,
      ResumeStack.class,
      CheckStack.class,
      CancelStack.class,
      MarkUnhealthy.class,
      SnapshotCommands.class,
      HookCommands.class,
      ExportStack.class,
      AbandonStack.class,
      AdoptStack.class,
      DeleteStack.class,
      ListEvents.class,
      ListResources.class,
      ShowOutputs.class
    })
public final class StackCommands {}
