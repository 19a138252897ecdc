package io.hotpod.cli.template;

import picocli.CommandLine.Command;

/** The group of commands about templates. */
@Command(
    name = "template",
    description = "Templates, without a server.",
    subcommands = {ValidateTemplate.class, DrawGraph.class})
public final class TemplateCommands {}
