package io.hotpod.template.yaql;

import java.util.SplittableRandom;

/** Hashes that nobody outside can foresee, so that nobody can choose values that collide. */
final class Hashes {
  private static final long SECRET = new SplittableRandom().nextLong() | 1;

  private Hashes() {}

  static int of(CharSequence text) {
    long state = SECRET;
    for (int i = 0; i < text.length(); i++) {
      state = mix(state, text.charAt(i));
    }
    return fold(state);
  }

  static int of(byte[] bytes) {
    long state = ~SECRET;
    for (byte part : bytes) {
      state = mix(state, part);
    }
    return fold(state);
  }

  /** Of members in their order. */
  static int ordered(Iterable<Value> members) {
    long state = SECRET * 31;
    for (Value member : members) {
      state = mix(state, member.hashCode());
    }
    return fold(state);
  }

  /** Of members in any order. */
  static int unordered(Iterable<?> members) {
    long sum = SECRET;
    for (Object member : members) {
      sum += mix(SECRET, member.hashCode());
    }
    return fold(sum);
  }

  private static long mix(long state, long word) {
    long mixed = (state ^ word * SECRET) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 29;
  }

  private static int fold(long state) {
    return Long.hashCode(state * SECRET);
  }
}
