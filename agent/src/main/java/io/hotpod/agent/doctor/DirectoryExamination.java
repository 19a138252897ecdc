package io.hotpod.agent.doctor;

import io.hotpod.agent.state.SecretDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state directory, and the place in memory for rendered secrets. */
final class DirectoryExamination {
  private static final long ENOUGH = 1L << 30;

  private final Path state;

  DirectoryExamination(Path state) {
    this.state = state;
  }

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(directory());
    findings.add(memory());
    return findings;
  }

  private Finding directory() {
    String subject = "state directory";
    Path there = state.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      if (!Files.isWritable(there)) {
        return Finding.bad(
            subject,
            there + " cannot be written by this user",
            "run as the owner, or name another with --state");
      }
      long free = Files.getFileStore(there).getUsableSpace();
      if (free < ENOUGH) {
        return Finding.doubtful(
            subject,
            "the disk of " + there + " has " + (free >> 20) + " MiB left",
            "make room: images, logs and volumes of pods grow");
      }
      if (!there.equals(state.toAbsolutePath())) {
        return Finding.good(subject, state + " is made at the first start");
      }
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(state));
      return mode.endsWith("------")
          ? Finding.good(subject, state + ", " + (free >> 30) + " GiB left on its disk")
          : Finding.bad(
              subject,
              state + " is open to others (" + mode + "), and holds the instance's credential",
              "chmod 700 " + state);
    } catch (IOException | UnsupportedOperationException e) {
      return Finding.bad(subject, state + ": " + e.getMessage(), "name another with --state");
    }
  }

  private static Finding memory() {
    String subject = "secrets";
    Optional<Path> memory = SecretDirectory.memory();
    if (memory.isPresent()) {
      return Finding.good(subject, "rendered in memory, below " + memory.get());
    }
    return Finding.doubtful(
        subject,
        "no tmpfs can be written, so secrets of pods are rendered on disk",
        "run as root, or mount a tmpfs at /dev/shm");
  }
}
