package io.hotpod.agent.runtime.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.pod.DesiredPod;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Brings one pod onto the kubelet: waits until nothing of an earlier pod of its name runs, renders
 * its files, writes its manifest, and sees to it that the kubelet starts it. It may be interrupted
 * and begun anew at any point. Runs on a thread of its own.
 */
final class PodStarter implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PodStarter.class);
  private static final int MOST_REWRITES = 3;

  private final KubeletSite site;
  private final KubeletWatch watch;
  private final KubeletPod pod;
  private final Runnable changed;
  private DesiredPod desired;
  private int surprises;

  /**
   * @param pod one that is desired
   */
  PodStarter(KubeletSite site, KubeletWatch watch, KubeletPod pod, Runnable changed) {
    this.site = site;
    this.watch = watch;
    this.pod = pod;
    this.desired = pod.desired().orElseThrow();
    this.changed = changed;
  }

  @Override
  public void run() {
    try {
      watch.hurry();
      while (!done()) {
        Thread.sleep(site.timings().retryAfter(Math.max(1, surprises)));
      }
    } catch (InterruptedException e) {
      LOG.debug("pod {} is looked after no longer", pod.name());
    }
  }

  /**
   * One attempt; what nobody foresaw is tried again less and less often.
   *
   * @return false when it is to be tried again
   */
  private boolean done() throws InterruptedException {
    try {
      boolean begun = begun();
      if (begun && pod.isWritten()) {
        unblock();
      }
      surprises = 0;
      return begun;
    } catch (RuntimeException e) {
      surprises++;
      LOG.error("pod {}: unexpected, trying again", pod.name(), e);
      if (!pod.isWritten()) {
        pod.held("InternalError", String.valueOf(e.getMessage()));
        changed.run();
      }
      return false;
    }
  }

  /**
   * @return false when it is to be tried again
   */
  private boolean begun() throws InterruptedException {
    // Other values may have come since the last attempt.
    desired = pod.desired().orElse(desired);
    try {
      if (pod.file().isEmpty()) {
        StaticPodFile file = site.manifests().of(desired, pod.name(), site.revision());
        awaitName(Removal.of(file));
        site.volumes().render(pod.name(), desired);
        pod.rendered(desired);
        write(file);
      } else {
        site.volumes().render(pod.name(), desired);
        pod.place(site.directory(), isFleeting(desired));
        pod.rendered(desired);
        changed.run();
      }
      return true;
    } catch (ConfigurationException e) {
      if (!pod.isWritten()) {
        pod.misconfigured(desired, e.getMessage());
        changed.run();
      }
      return false;
    } catch (IOException e) {
      String message = words(e) + "; this is tried again until it works";
      if (!pod.observed().message().equals(message)) {
        LOG.warn("pod {} cannot be written: {}", pod.name(), message);
      }
      if (!pod.isWritten()) {
        pod.held("WriteFailed", message);
        changed.run();
      }
      return false;
    }
  }

  /**
   * Whether the file is in memory, so that a boot clears it: that of a pod that starts after
   * others, so that only the agent adds it, and one that has values of Secrets in its environment,
   * which are not to be on the disk in clear.
   */
  static boolean isFleeting(DesiredPod desired) {
    return !desired.after().isEmpty()
        || Stream.of(
                desired.pod().getSpec().getInitContainers(),
                desired.pod().getSpec().getContainers())
            .flatMap(List::stream)
            .anyMatch(PodStarter::knowsSecrets);
  }

  private static boolean knowsSecrets(Container container) {
    return container.getEnvFrom().stream().anyMatch(source -> source.getSecretRef() != null)
        || container.getEnv().stream()
            .anyMatch(
                variable ->
                    variable.getValueFrom() != null
                        && variable.getValueFrom().getSecretKeyRef() != null);
  }

  private static String words(IOException e) {
    return e instanceof java.nio.file.FileSystemException failure && failure.getReason() == null
        ? e.getClass().getSimpleName() + " " + e.getMessage()
        : String.valueOf(e.getMessage());
  }

  /** A kubelet does not start a pod while an older one of its name still stops. */
  private void awaitName(Removal name) throws InterruptedException {
    KubeletView view = watch.next(System.nanoTime());
    while (!name.isOver(view)) {
      pod.held("Waiting", "an earlier pod of the name " + pod.name() + " still stops");
      changed.run();
      view = watch.next(view.begun());
    }
  }

  private void write(StaticPodFile file) throws IOException {
    site.directory().write(file, isFleeting(desired));
    pod.written(file, site.directory().writtenAt(file));
    watch.hurry();
    changed.run();
  }

  /**
   * A kubelet that was not quite done with the earlier pod puts the new one aside for 10 to 15 s:
   * it is shown without containers, and nothing of it runs. Any change of the file makes the
   * kubelet look again at once.
   */
  private void unblock() throws InterruptedException {
    for (int rewrites = 0; rewrites < MOST_REWRITES && isBlocked(); rewrites++) {
      LOG.info("pod {} waits in the kubelet's queue; its file is written anew", pod.name());
      try {
        write(site.manifests().of(desired, pod.name(), site.revision()));
      } catch (IOException e) {
        LOG.warn("pod {} cannot be written anew: {}", pod.name(), words(e));
        return;
      }
    }
  }

  /** Waits until the kubelet shows the pod's containers, or that it put the pod aside. */
  private boolean isBlocked() throws InterruptedException {
    StaticPodFile file = pod.file().orElseThrow();
    long shown = 0;
    boolean seen = false;
    for (KubeletView view = watch.next(System.nanoTime());
        !pod.isShownIn(view);
        view = watch.next(view.begun())) {
      Optional<JsonNode> item = view.pods().stream().filter(file::isShownAs).findFirst();
      if (item.isEmpty() || view.running().isEmpty()) {
        // A file that is refused is not shown either; that is told elsewhere and not waited for.
        if (view.running().isEmpty() || isOld(file)) {
          return false;
        }
        continue;
      }
      if (!seen) {
        seen = true;
        shown = view.begun();
      }
      boolean runs =
          view.running().get().stream().anyMatch(one -> file.isCalled(one.namespace(), one.name()));
      if (!runs && view.begun() - shown > site.timings().blockedAfter().toNanos()) {
        return true;
      }
    }
    return false;
  }

  private boolean isOld(StaticPodFile file) {
    return pod.observed().reason().equals(Absence.REFUSED)
        || pod.observed().reason().equals(Absence.SHADOWED)
        || !pod.file().equals(Optional.of(file));
  }
}
