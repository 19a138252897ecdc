package io.hotpod.document;

import java.util.Comparator;
import java.util.Optional;

/** Comparison of places within one text. */
final class Places {
  private static final Comparator<Location> ORDER =
      Comparator.comparingInt(Location::line).thenComparingInt(Location::column);

  private Places() {}

  static boolean isAfter(Optional<Location> one, Optional<Location> other) {
    return one.isPresent()
        && (other.isEmpty() || ORDER.compare(one.orElseThrow(), other.orElseThrow()) > 0);
  }
}
