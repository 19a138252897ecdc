package io.hotpod.template;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a piece of a template stands: in the text and in the structure. The path is put together
 * only when somebody asks, because almost nobody does. Immutable.
 */
public final class Place {
  /** A path is read by people; longer keys are cut. */
  private static final int LONGEST_STEP = 80;

  /** The step is a key and not an index. */
  private static final int NO_INDEX = -1;

  private final @Nullable Place parent;
  private final String key;
  private final int index;
  private final Optional<Location> location;

  private Place(@Nullable Place parent, String key, int index, Optional<Location> location) {
    this.parent = parent;
    this.key = key;
    this.index = index;
    this.location = location;
  }

  static Place root(Optional<Location> location) {
    return new Place(null, "", NO_INDEX, location);
  }

  /** The value of a key in here; the place in the text is the key's or the value's. */
  Place key(String key, Optional<Location> at) {
    return new Place(this, key, NO_INDEX, at.isPresent() ? at : location);
  }

  Place item(int index, Optional<Location> at) {
    return new Place(this, "", index, at.isPresent() ? at : location);
  }

  /** The place in the text; empty when the template was not made from a text. */
  public Optional<Location> location() {
    return location;
  }

  /** The place in the structure, such as {@code resources.web.properties.ports[0]}. */
  public String path() {
    Deque<String> steps = new ArrayDeque<>();
    for (Place place = this; place.parent != null; place = place.parent) {
      steps.push(step(place));
    }
    String path = String.join("", steps);
    return path.startsWith(".") ? path.substring(1) : path;
  }

  private static String step(Place place) {
    if (place.index != NO_INDEX) {
      return "[" + place.index + "]";
    }
    String key = place.key;
    return "." + (key.length() > LONGEST_STEP ? key.substring(0, LONGEST_STEP) + "…" : key);
  }

  Problem problem(String message) {
    return problem(message, Optional.empty());
  }

  Problem problem(String message, Optional<String> advice) {
    return new Problem(location, path(), message, advice);
  }

  /** {@code file:line:column: path}. */
  @Override
  public String toString() {
    return location.map(at -> at + ": ").orElse("") + path();
  }
}
