package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far an observed pod is on its way to what a deployment waits for. */
public sealed interface PodProgress {
  /** What is said of a pod whose volumes hold what they held before. */
  String OLD_FILES = "the files of the pod's config maps and secrets are not replaced yet";

  /**
   * The pod is there.
   *
   * @param words one line for people
   */
  record Reached(String words) implements PodProgress {
    public Reached {
      requireNonNull(words, "words is null");
    }
  }

  /**
   * The pod may still get there.
   *
   * @param why one line for people: what it waits for, or what went wrong so far
   */
  record Waiting(String why) implements PodProgress {
    public Waiting {
      requireNonNull(why, "why is null");
    }
  }

  /**
   * The pod will not get there unless somebody changes something.
   *
   * @param why one line for people, naming the container, the reason and the exit code
   */
  record Failed(String why) implements PodProgress {
    public Failed {
      requireNonNull(why, "why is null");
    }
  }

  /**
   * Judges a pod. Pure.
   *
   * @param token the modification that is waited for; a pod of another one proves nothing
   * @param restartPolicy of that modification: it decides whether an ended container is the end
   */
  static PodProgress of(
      ObservedPod pod, ModificationToken token, WaitFor wanted, RestartPolicy restartPolicy) {
    return new PodJudge(pod, token, wanted, restartPolicy).judge();
  }

  /**
   * Judges a pod by all that is wanted of it: it has got there once its files have the values that
   * they should have, too. Pure.
   */
  static PodProgress of(ObservedPod pod, DesiredPod desired, WaitFor wanted) {
    PodProgress progress = judge(pod, desired, wanted).judge();
    return progress instanceof Reached && hasOldFiles(pod, desired)
        ? new Waiting(OLD_FILES)
        : progress;
  }

  /**
   * Everything in which a pod differs from what is wanted of it, a line for each, container by
   * container; empty when nothing does. An image that has several names is the same by each of
   * them, and a tag that was moved since makes no difference to what was made from it. Pure.
   */
  static List<String> differences(ObservedPod pod, DesiredPod desired, WaitFor wanted) {
    List<String> all = new ArrayList<>(judge(pod, desired, wanted).wrong());
    boolean comparable =
        pod.token().equals(desired.token())
            && !pod.terminating()
            && (pod.phase() == PodPhase.RUNNING || pod.ready());
    if (comparable) {
      Set<String> present =
          pod.containers().stream().map(ContainerStatus::name).collect(Collectors.toSet());
      desired.pod().getSpec().getContainers().stream()
          .map(Container::getName)
          .filter(name -> !present.contains(name))
          .map("container %s is missing"::formatted)
          .forEach(all::add);
      all.addAll(otherImages(pod, desired));
      if (hasOldFiles(pod, desired)) {
        all.add(OLD_FILES);
      }
    }
    return List.copyOf(all);
  }

  /**
   * Which containers were made from another image than is wanted, a line for each; empty when none
   * was, and when nobody can tell. Pure.
   */
  static List<String> otherImages(ObservedPod pod, DesiredPod desired) {
    List<String> found = new ArrayList<>();
    otherImages(pod.initContainers(), desired.pod().getSpec().getInitContainers(), true, found);
    otherImages(pod.containers(), desired.pod().getSpec().getContainers(), false, found);
    return List.copyOf(found);
  }

  private static void otherImages(
      List<ContainerStatus> statuses, List<Container> wanted, boolean init, List<String> found) {
    for (ContainerStatus status : statuses) {
      wanted.stream()
          .filter(container -> container.getName().equals(status.name()))
          .flatMap(container -> Stream.ofNullable(container.getImage()))
          .flatMap(asked -> status.madeFrom().flatMap(made -> made.differenceFrom(asked)).stream())
          .map(words -> "%s %s".formatted(new ContainerWords(status, init).name(), words))
          .forEach(found::add);
    }
  }

  private static PodJudge judge(ObservedPod pod, DesiredPod desired, WaitFor wanted) {
    return new PodJudge(pod, desired.token(), wanted, RestartPolicy.of(desired.pod()));
  }

  private static boolean hasOldFiles(ObservedPod pod, DesiredPod desired) {
    return pod.configuration()
        .filter(revision -> !revision.equals(desired.configurationRevision()))
        .isPresent();
  }
}
