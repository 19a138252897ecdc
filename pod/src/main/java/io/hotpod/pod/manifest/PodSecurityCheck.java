package io.hotpod.pod.manifest;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The security context of a pod, and which namespaces of the machine it shares. */
final class PodSecurityCheck {
  private static final Pattern SYSCTL =
      Pattern.compile("[a-z0-9]([-_a-z0-9]*[a-z0-9])?([./][a-z0-9]([-_a-z0-9]*[a-z0-9])?)*");

  private final Findings findings;
  private final SecurityCheck security;

  PodSecurityCheck(Findings findings) {
    this.findings = findings;
    this.security = new SecurityCheck(findings);
  }

  void check(Cursor spec) {
    if (spec.flag("hostPID") && spec.flag("shareProcessNamespace")) {
      findings.error(
          spec.field("shareProcessNamespace").orElse(spec),
          "\"hostPID\" and \"shareProcessNamespace\" exclude each other",
          "give one of them");
    }
    Optional<Cursor> given = spec.field("securityContext");
    if (given.isEmpty()) {
      return;
    }
    Cursor context = given.get();
    security.common(context);
    Checks.range(context, "fsGroup", 0, Integer.MAX_VALUE, findings);
    for (Cursor group : context.items("supplementalGroups")) {
      if (group.whole().filter(id -> id < 0 || id > Integer.MAX_VALUE).isPresent()) {
        findings.error(group, group.whole().orElse(0L) + " is out of range", "give 0 or more");
      }
    }
    context.items("sysctls").forEach(sysctl -> sysctl(sysctl, spec));
    Checks.unique(context.items("sysctls"), "name", "sysctl", findings);
  }

  private void sysctl(Cursor sysctl, Cursor spec) {
    Checks.required(sysctl, "name", findings);
    Checks.required(sysctl, "value", findings);
    Optional<Cursor> name = sysctl.field("name");
    Optional<String> text = name.flatMap(Cursor::text).map(written -> written.replace('/', '.'));
    if (text.isEmpty()) {
      return;
    }
    boolean network = text.get().startsWith("net.");
    boolean memory =
        List.of("kernel.shm", "kernel.msg", "fs.mqueue.").stream().anyMatch(text.get()::startsWith)
            || text.get().equals("kernel.sem");
    if (!SYSCTL.matcher(text.get()).matches() || !(network || memory)) {
      findings.error(
          name.orElse(sysctl),
          "\"" + Names.shortened(text.get()) + "\" is a setting of the whole machine, not of a pod",
          "pods have net.*, kernel.shm*, kernel.msg*, kernel.sem and fs.mqueue.* of their own");
    } else if ((network && spec.flag("hostNetwork")) || (memory && spec.flag("hostIPC"))) {
      findings.error(
          name.orElse(sysctl),
          "with " + (network ? "hostNetwork" : "hostIPC") + " this is a setting of the machine",
          "set it on the instance");
    }
  }
}
