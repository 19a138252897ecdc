package io.hotpod.agent.runtime.kubelet;

import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.pod.DesiredPod;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the files of a pod that runs what they should be: other values in its config maps and
 * secrets, or another place in the order of a boot. Nothing is restarted. What cannot be written,
 * as to a full disk, is tried again less and less often. Runs on a thread of its own.
 */
final class FileCatchUp implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(FileCatchUp.class);

  private final KubeletSite site;
  private final KubeletPod pod;
  private final Runnable changed;

  FileCatchUp(KubeletSite site, KubeletPod pod, Runnable changed) {
    this.site = site;
    this.pod = pod;
    this.changed = changed;
  }

  @Override
  public void run() {
    int failures = 0;
    try {
      for (Optional<DesiredPod> next = pod.behind(); next.isPresent(); next = pod.behind()) {
        try {
          site.volumes().render(pod.name(), next.get());
          pod.place(site.directory(), PodStarter.isFleeting(next.get()));
          pod.rendered(next.get());
          changed.run();
          failures = 0;
        } catch (IOException | RuntimeException e) {
          Duration pause = site.timings().retryAfter(++failures);
          LOG.warn(
              "pod {}: its files cannot be replaced, trying again in {}: {}",
              pod.name(),
              pause,
              e instanceof ConfigurationException ? e.getMessage() : e.toString());
          Thread.sleep(pause);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the files of pod {} are replaced no longer", pod.name());
    }
  }
}
