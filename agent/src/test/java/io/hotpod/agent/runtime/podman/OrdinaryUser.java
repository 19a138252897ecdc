package io.hotpod.agent.runtime.podman;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A user with ranges of subordinate ids that exists in namespaces of its own alone: the machine's
 * own users and devices stay as they are, and whatever the user starts ends with its first process.
 * What it writes is below the directory.
 */
final class OrdinaryUser {
  static final int ID = 61_234;

  private static final int SKIP = 77;
  private static final String NO_USER = "no ordinary user can be made here: ";
  private static final String SCRIPT =
      """
      skip() { echo "$*" >&2; exit 77; }
      id=$1 java=$2 classes=$3
      shift 3
      for program in podman newuidmap newgidmap setpriv; do
        command -v $program >/dev/null || skip "$program is not installed"
      done
      command -v slirp4netns >/dev/null || command -v pasta >/dev/null ||
        skip "neither slirp4netns nor pasta is installed"
      mkdir home run tmp java classes
      { cat /etc/passwd; echo "hotpod-test:x:$id:$id::$PWD/home:/bin/sh"; } >passwd
      { cat /etc/group; echo "hotpod-test:x:$id:"; } >group
      echo "hotpod-test:700000:65536" >subuid
      cp subuid subgid
      cat >storage.conf <<END
      [storage]
      driver = "vfs"
      graphroot = "$PWD/home/storage"
      runroot = "$PWD/run/containers"
      END
      chown $id:$id home run tmp && chmod 700 home run tmp || skip "files cannot be given away"
      for file in passwd group subuid subgid; do
        mount --bind $file /etc/$file || skip "/etc/$file cannot be covered"
      done
      mknod -m 666 tun c 10 200 && (: <>tun) || skip "this machine has no /dev/net/tun"
      mount --bind tun /dev/net/tun || skip "/dev/net/tun cannot be covered"
      # What the user may not read where it lies, as in the home directory of root.
      mount --bind "$java" java || exit
      path=
      number=0
      IFS=:
      for entry in $classes; do
        [ -e "$entry" ] || continue
        number=$((number + 1))
        place=$PWD/classes/$number
        if [ -d "$entry" ]; then mkdir $place; else place=$place.jar; : >$place; fi
        mount --bind "$entry" $place || exit
        path=$path:$place
      done
      unset IFS CONTAINERS_CONF
      export HOME=$PWD/home XDG_RUNTIME_DIR=$PWD/run TMPDIR=$PWD/tmp
      export CONTAINERS_STORAGE_CONF=$PWD/storage.conf
      java=$PWD/java/bin/java
      cd home
      # As the unit of the agent has it.
      umask 077
      exec setpriv --reuid $id --regid $id --clear-groups \\
        "$java" -Xmx256m -XX:TieredStopAtLevel=1 -Djava.io.tmpdir=$TMPDIR \\
        --enable-native-access=ALL-UNNAMED -cp "${path#:}" "$@"
      """;

  private final Path directory;

  /**
   * @param directory which everybody may enter from now on
   */
  OrdinaryUser(Path directory) throws IOException {
    this.directory = directory;
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * Runs a class's {@code main} as the user. Where this machine lets no such user be made, the test
   * is skipped, saying why.
   *
   * @return what it wrote to its standard output
   * @throws IOException when it failed, with its standard error
   */
  String run(Class<?> main, List<String> arguments, Duration longest)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh"));
    command.addAll(List.of("-c", SCRIPT, "sh", Integer.toString(ID)));
    command.addAll(List.of(System.getProperty("java.home"), System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(arguments);
    Process process = start(command, output, errors);
    try {
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("not done after " + longest + ": " + text(errors));
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() == SKIP || text(errors).startsWith("unshare: ")) {
      return Assumptions.abort(NO_USER + text(errors).strip());
    }
    if (process.exitValue() != 0) {
      throw new IOException("exit code " + process.exitValue() + ": " + text(errors));
    }
    return text(output);
  }

  private Process start(List<String> command, Path output, Path errors) {
    try {
      return new ProcessBuilder(command)
          .directory(directory.toFile())
          .redirectOutput(output.toFile())
          .redirectError(errors.toFile())
          .start();
    } catch (IOException e) {
      return Assumptions.abort(NO_USER + e.getMessage());
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, UTF_8);
  }
}
