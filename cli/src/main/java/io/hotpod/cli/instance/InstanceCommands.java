package io.hotpod.cli.instance;

import picocli.CommandLine.Command;

/** The group of commands about instances. */
@Command(
    name = "instance",
    description = "Machines that run an agent.",
    subcommands = {
      ListInstances.class,
      ShowInstance.class,
      LabelInstance.class,
      DrainInstance.class,
      UndrainInstance.class,
      RotateCredential.class,
      RemoveInstance.class,
      MakeJoinToken.class
    })
public final class InstanceCommands {}
