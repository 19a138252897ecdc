package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.agent.runtime.podman.image.AttemptFailedException;
import io.hotpod.agent.runtime.podman.image.Images;
import io.hotpod.agent.runtime.podman.image.RegistryCredentials;
import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.agent.runtime.podman.libpod.Names;
import io.hotpod.agent.runtime.podman.libpod.PodmanException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings one container of a pod to where it runs: finds what was made of it before, fetches its
 * image, makes it and starts it. For one thread.
 */
final class ContainerMaker {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerMaker.class);

  private final PodSite site;
  private final PodSandbox sandbox;
  private final Container container;
  private final ContainerReport report;
  private final ContainerHistory history;
  private final RunClock clock;
  private final Wakeup wakeup;

  /**
   * @param wakeup signalled when something happens to the container that was found or started
   */
  ContainerMaker(
      PodSite site,
      PodSandbox sandbox,
      Container container,
      ContainerReport report,
      ContainerHistory history,
      RunClock clock,
      Wakeup wakeup) {
    this.site = site;
    this.sandbox = sandbox;
    this.container = container;
    this.report = report;
    this.history = history;
    this.clock = clock;
    this.wakeup = wakeup;
  }

  /** The newest that was made before, running or ended. Its end is not missed from now on. */
  Optional<ContainerView> find() throws InterruptedException {
    Instant asked = sandbox.now();
    Optional<ContainerView> found =
        sandbox.newest(container.getName(), id -> site.exits().watch(id, wakeup));
    found.ifPresent(this::adopted);
    clock.found(found.filter(ContainerView::running).map(view -> asked));
    found.filter(view -> !view.running()).ifPresent(view -> site.exits().forget(view.id()));
    return withoutUnstarted(found);
  }

  private void adopted(ContainerView view) {
    int attempt = Attempts.of(view);
    if (attempt > history.attempt()) {
      history.at(attempt);
    }
    report.restarts(history.restarts());
    report.failures(history.record().failures());
  }

  /**
   * One whose start was cut off cannot always be started again; another takes its place and number.
   */
  private Optional<ContainerView> withoutUnstarted(Optional<ContainerView> found)
      throws InterruptedException {
    if (found.isEmpty() || found.get().running() || found.get().ended()) {
      return found;
    }
    try {
      site.podman().removeContainer(found.get().id());
    } catch (PodmanException e) {
      throw new AttemptFailedException("CreateContainerError", Images.shortened(e.answer()), e);
    }
    history.at(Attempts.of(found.get()) - 1);
    return Optional.empty();
  }

  /**
   * Makes the next one.
   *
   * @throws AttemptFailedException when it, or its image, is refused
   * @throws SandboxLostException when the pod around it is gone
   */
  ContainerView create() throws InterruptedException {
    Images.Ensured image =
        site.images().ensure(container, RegistryCredentials.of(sandbox.desired()));
    report.remark(image.remark());
    try {
      ContainerView view = create(history.attempt() + 1);
      sandbox.made(view.id());
      return view;
    } catch (PodmanException e) {
      if (!image.looked() && site.images().gone(container.getImage(), e)) {
        return create();
      }
      if (e.status() == 404 || e.answer().contains("no such pod")) {
        throw new SandboxLostException(e.getMessage());
      }
      throw new AttemptFailedException("CreateContainerError", Images.shortened(e.answer()), e);
    }
  }

  private ContainerView create(int attempt) throws InterruptedException {
    String name = Names.container(sandbox.name(), container.getName(), attempt);
    try {
      ObjectNode specification = sandbox.specification(container, attempt, imageUser());
      try {
        return created(name, attempt, specification);
      } catch (PodmanException e) {
        // Made before, by a run that was interrupted before it heard the answer.
        if (!e.answer().contains("already in use")) {
          throw e;
        }
      }
      Optional<ContainerView> found = site.podman().container(name);
      if (found.isEmpty()) {
        // Podman ended while it made it: its storage has the name, and Podman knows no container.
        LOG.info("{} was made by half; making it again", name);
        site.podman().removeContainer(name);
        return created(name, attempt, specification);
      }
      history.at(attempt);
      ContainerView view = found.get();
      if (!site.instanceId().equals(view.labels().get(Labels.INSTANCE))) {
        throw new AttemptFailedException(
            "CreateContainerError",
            "the name " + name + " is taken by a container of another owner");
      }
      return view;
    } catch (ConfigurationException e) {
      throw new AttemptFailedException("CreateContainerConfigError", e.getMessage(), e);
    }
  }

  private ContainerView created(String name, int attempt, ObjectNode specification)
      throws InterruptedException {
    String id = site.podman().createContainer(specification);
    history.at(attempt);
    return ContainerView.created(id, name);
  }

  /** The user that the image names, where something depends on it. */
  private String imageUser() throws InterruptedException {
    boolean rootForbidden = RootUsers.areForbidden(container);
    if (!rootForbidden
        && !ContainerUser.of(container, sandbox.desired().pod().getSpec()).needsImage()) {
      return "";
    }
    String user = site.images().user(container.getImage());
    if (rootForbidden) {
      RootUsers.check(container, user);
    }
    return user;
  }

  /**
   * @return how it looks once it was started
   * @throws AttemptFailedException when Podman refuses to start it
   * @throws SandboxLostException when it, or the pod around it, is gone
   */
  ContainerView start(ContainerView made) throws InterruptedException {
    try {
      sandbox.start(made.id());
      clock.started();
      site.exits().watch(made.id(), wakeup);
      return site.podman()
          .container(made.id())
          .orElseThrow(() -> new SandboxLostException(made.name() + " vanished"));
    } catch (PodmanException e) {
      if (e.status() == 404) {
        throw new SandboxLostException(e.getMessage());
      }
      throw new AttemptFailedException("RunContainerError", Images.shortened(e.answer()), e);
    }
  }
}
