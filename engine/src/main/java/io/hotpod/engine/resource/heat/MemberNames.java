package io.hotpod.engine.resource.heat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Makes names for new members: twelve letters and digits that say nothing, as Heat's do. They
 * follow from the names that are taken, so a plan names the members that the update then makes. Not
 * thread-safe.
 */
final class MemberNames {
  private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 12;

  private final Set<String> taken;
  private final String seed;
  private int made;

  MemberNames(Set<String> taken) {
    this.taken = new HashSet<>(taken);
    this.seed = String.join("/", new TreeSet<>(taken));
  }

  String next() {
    String name = name(made++);
    while (!taken.add(name)) {
      name = name(made++);
    }
    return name;
  }

  private String name(int number) {
    UUID digest = UUID.nameUUIDFromBytes((seed + "#" + number).getBytes(UTF_8));
    long bits = digest.getMostSignificantBits() * 31 ^ digest.getLeastSignificantBits();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      text.append(BASE_32.charAt((int) (bits >>> (5 * i)) & 31));
    }
    return text.toString();
  }
}
