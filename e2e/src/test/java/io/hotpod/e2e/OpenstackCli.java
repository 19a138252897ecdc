package io.hotpod.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stock command of OpenStack with an environment of its own.
 *
 * @param environment what the command is to know, such as {@code OS_AUTH_URL}
 * @param directory that it runs in
 */
record OpenstackCli(Map<String, String> environment, Path directory) {
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  OpenstackCli {
    environment = Map.copyOf(environment);
  }

  /** One with the variables of a file of JSON. */
  static OpenstackCli of(Path file, Path directory) {
    try {
      Map<String, String> environment = new LinkedHashMap<>();
      Api.JSON
          .readTree(Files.readString(file))
          .propertyStream()
          .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asString("")));
      return new OpenstackCli(environment, directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  OpenstackCli with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new OpenstackCli(more, directory);
  }

  Command.Result run(String... arguments) {
    return command("/usr/bin/openstack", arguments);
  }

  /** What a command prints that has to succeed. */
  String output(String... arguments) {
    return run(arguments).successful();
  }

  /** Runs another program in the same environment. */
  Command.Result command(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add(program);
    command.addAll(List.of(arguments));
    return Command.run(DEADLINE, command, directory);
  }
}
