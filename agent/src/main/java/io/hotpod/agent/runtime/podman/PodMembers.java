package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The containers that were made in one pod before, asked for as seldom as can be. Thread-safe. */
final class PodMembers {
  private final Podman podman;
  private final String pod;
  private volatile boolean none;
  private volatile Optional<PodView> listed = Optional.empty();

  /**
   * @param pod its name
   */
  PodMembers(Podman podman, String pod) {
    this.podman = podman;
    this.pod = pod;
  }

  /** The pod was just made: nothing is in it. */
  void none() {
    none = true;
    listed = Optional.empty();
  }

  /** The pod was found, and looked so. */
  void listed(PodView found) {
    none = false;
    listed = Optional.of(found);
  }

  /** What was known of it may be over: Podman has to be asked. */
  void unknown() {
    none = false;
    listed = Optional.empty();
  }

  /**
   * The newest of those that were made for one container.
   *
   * @param before told its id before it is looked at
   */
  Optional<ContainerView> newest(String container, Consumer<String> before)
      throws InterruptedException {
    if (none) {
      return Optional.empty();
    }
    // To list the containers of one pod, Podman goes through those of all.
    Optional<String> member = listed.flatMap(seen -> seen.newest(container));
    if (member.isPresent()) {
      before.accept(member.get());
      Optional<ContainerView> view = podman.container(member.get());
      if (view.isPresent()) {
        return view;
      }
    }
    Optional<String> id =
        podman.containersOf(pod).entrySet().stream()
            .filter(entry -> container.equals(entry.getValue().get(Labels.CONTAINER)))
            .max(Comparator.comparingInt(entry -> attempt(entry.getValue())))
            .map(Map.Entry::getKey);
    id.ifPresent(before);
    return id.isEmpty() ? Optional.empty() : podman.container(id.get());
  }

  private static int attempt(Map<String, String> labels) {
    return Attempts.read(labels.getOrDefault(Labels.ATTEMPT, "0"));
  }
}
