package io.hotpod.agent.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Whether the kernel can hold a container to limits of memory, processor and processes. */
final class ControllersExamination {
  private static final String SUBJECT = "controllers";
  private static final List<String> NEEDED = List.of("cpu", "memory", "pids");

  private final Path controllers;

  /**
   * @param controllers as {@code /sys/fs/cgroup/cgroup.controllers}
   */
  ControllersExamination(Path controllers) {
    this.controllers = controllers;
  }

  static ControllersExamination ofThisMachine() {
    return new ControllersExamination(Path.of("/sys/fs/cgroup/cgroup.controllers"));
  }

  List<Finding> examine() {
    if (!Files.exists(controllers)) {
      return List.of(
          Finding.doubtful(
              SUBJECT,
              "there is no " + controllers + ": cgroups are of version 1, or not mounted",
              "limits of memory and CPU work best with version 2: boot with"
                  + " systemd.unified_cgroup_hierarchy=1"));
    }
    try {
      List<String> there = Arrays.asList(Files.readString(controllers).strip().split("\\s+"));
      List<String> missing = NEEDED.stream().filter(name -> !there.contains(name)).toList();
      return List.of(
          missing.isEmpty()
              ? Finding.good(SUBJECT, "cgroups hold " + String.join(", ", NEEDED))
              : Finding.doubtful(
                  SUBJECT,
                  "cgroups here do not hold " + String.join(", ", missing),
                  "limits of that are not kept: boot with cgroup_enable="
                      + missing.getFirst()
                      + ", or have them delegated to this user"));
    } catch (IOException e) {
      return List.of(
          Finding.doubtful(
              SUBJECT, controllers + " cannot be read: " + e.getMessage(), "run as root"));
    }
  }
}
