package io.hotpod.agent.runtime.podman;

import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.agent.runtime.podman.libpod.PodView;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import io.hotpod.pod.DesiredPod;
import java.util.Optional;

/** Finds the pod of one desired pod in Podman, or makes it. For one thread. */
final class SandboxMaker {
  private final PodSite site;
  private final String name;
  private Optional<PodView> listed;
  private boolean expected;

  /**
   * @param name of the pod in Podman
   * @param listed the pod as Podman lists it; one that was not found is made without a look
   */
  SandboxMaker(PodSite site, String name, Optional<PodView> listed) {
    this.site = site;
    this.name = name;
    this.listed = listed;
    this.expected = listed.isPresent();
  }

  /** A pod that is there. */
  sealed interface Sandbox {
    /** Podman's id of it. */
    String id();
  }

  /** It was just made, and nothing is in it. */
  record Made(String id) implements Sandbox {}

  /**
   * It was there.
   *
   * @param infra its infra container, which runs
   */
  record Standing(PodView pod, ContainerView infra) implements Sandbox {
    @Override
    public String id() {
      return pod.id();
    }
  }

  /** Whether the pod is there and its infra container runs. */
  boolean stands() throws InterruptedException {
    Optional<PodView> found = listed.isPresent() ? listed : site.podman().pod(name);
    return found.isPresent() && standing(found.get()).isPresent();
  }

  /**
   * @throws PodmanException when Podman refuses
   */
  Sandbox open(DesiredPod desired) throws InterruptedException {
    for (; ; ) {
      boolean looked = expected;
      expected = true;
      Optional<PodView> found =
          listed.isPresent() ? listed : looked ? site.podman().pod(name) : Optional.empty();
      listed = Optional.empty();
      if (found.isPresent()) {
        if (!isOf(desired, found.get())) {
          throw new PodmanException(
              "creating pod " + name, 409, "the name is taken by a pod of another owner");
        }
        Optional<ContainerView> infra = standing(found.get());
        if (infra.isPresent()) {
          return new Standing(found.get(), infra.get());
        }
        // As after a reboot of the machine: nothing of it runs, and it starts anew as a whole.
        site.podman().removePod(name);
      }
      Optional<String> made = create(desired, !looked);
      if (made.isPresent()) {
        return new Made(made.get());
      }
    }
  }

  private boolean isOf(DesiredPod desired, PodView found) {
    return site.instanceId().equals(found.labels().get(Labels.INSTANCE))
        && desired.token().value().equals(found.labels().get(Labels.TOKEN));
  }

  /**
   * Its infra container, if that runs. Where it does not, it ended, or the making of the pod was
   * cut off. In the latter case Podman and its runtime may not agree on how far that one came, so
   * it cannot be gone on with.
   */
  private Optional<ContainerView> standing(PodView found) throws InterruptedException {
    // Without one, Podman was ended between making the pod and making what holds it.
    return found.infraId().isEmpty()
        ? Optional.empty()
        : site.podman().container(found.infraId()).filter(ContainerView::running);
  }

  /**
   * @param unseen whether nobody looked if it is there, so that it may have been made by a run that
   *     was interrupted before it heard the answer
   * @return its id; empty when it was there already
   */
  private Optional<String> create(DesiredPod desired, boolean unseen) throws InterruptedException {
    try {
      return Optional.of(
          site.podman().createPod(PodSpecification.of(site.instanceId(), name, desired)));
    } catch (PodmanException e) {
      if (!unseen || e.status() != 409 || !e.answer().contains("already exists")) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
