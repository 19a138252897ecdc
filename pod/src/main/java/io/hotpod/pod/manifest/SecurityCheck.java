package io.hotpod.pod.manifest;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a pod and a container may say of users, privileges and profiles. */
final class SecurityCheck {
  private final Findings findings;

  SecurityCheck(Findings findings) {
    this.findings = findings;
  }

  /** The security context of a container. */
  void check(Cursor context) {
    common(context);
    Optional<Cursor> escalation = context.field("allowPrivilegeEscalation");
    boolean forbidden =
        escalation
            .flatMap(Cursor::value)
            .filter(value -> value.isBoolean() && !value.booleanValue())
            .isPresent();
    if (forbidden && context.flag("privileged")) {
      findings.error(
          escalation.orElse(context),
          "a privileged container cannot be kept from gaining privileges",
          "leave out one of privileged and allowPrivilegeEscalation");
    }
    Optional<Cursor> capabilities = context.field("capabilities");
    Set<String> added = new HashSet<>();
    if (capabilities.isPresent()) {
      capabilities.get().items("add").forEach(item -> item.text().ifPresent(added::add));
      for (Cursor dropped : capabilities.get().items("drop")) {
        if (dropped.text().filter(added::contains).isPresent()) {
          findings.error(dropped, "the capability is added and dropped", "choose one");
        }
      }
    }
  }

  /** What both kinds of security context have. */
  void common(Cursor context) {
    Checks.range(context, "runAsUser", 0, Integer.MAX_VALUE, findings);
    Checks.range(context, "runAsGroup", 0, Integer.MAX_VALUE, findings);
    Optional<Cursor> user = context.field("runAsUser");
    if (context.flag("runAsNonRoot")
        && user.flatMap(Cursor::whole).filter(id -> id == 0).isPresent()) {
      findings.error(
          user.orElse(context),
          "user 0 is root, which runAsNonRoot forbids",
          "give another user, or leave out runAsNonRoot");
    }
    for (String name : List.of("seccompProfile", "appArmorProfile")) {
      context.field(name).ifPresent(this::profile);
    }
  }

  private void profile(Cursor profile) {
    Checks.required(profile, "type", findings);
    boolean local = profile.text("type").filter("Localhost"::equals).isPresent();
    Optional<Cursor> name = profile.field("localhostProfile");
    if (local) {
      Checks.required(profile, "localhostProfile", findings);
    } else if (name.isPresent()) {
      findings.error(
          name.get(), "only a profile of type Localhost has a name", "leave out localhostProfile");
    }
    if (profile.name().equals("seccompProfile")) {
      Checks.relativePath(profile, "localhostProfile", findings);
    }
  }
}
