package io.hotpod.server.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody is in a project, as OpenStack names it. */
public enum Role {
  /** May do everything that a member may, and ask about the server itself. */
  ADMIN("admin"),
  /** May change things, and read them. */
  MEMBER("member"),
  /** May read everything and change nothing. */
  READER("reader"),
  /** A machine inside a stack: may look up its stack, read metadata and send signals. */
  HEAT_STACK_USER("heat_stack_user");

  private final String text;

  Role(String text) {
    this.text = text;
  }

  /** As it is written in files and tokens, such as {@code heat_stack_user}. */
  public String text() {
    return text;
  }

  /** The role of a name, in any case as OpenStack compares them; empty for one without meaning. */
  public static Optional<Role> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(role -> role.text.equals(lower)).findFirst();
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Role::text).toList();
  }
}
