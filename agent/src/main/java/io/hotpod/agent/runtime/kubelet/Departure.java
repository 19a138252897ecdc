package io.hotpod.agent.runtime.kubelet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Waits until a pod whose file is gone has really stopped. A kubelet shows it no more at once, long
 * before its containers end.
 */
final class Departure {
  private final KubeletSite site;
  private final KubeletWatch watch;
  private final Removal removal;

  Departure(KubeletSite site, KubeletWatch watch, Removal removal) {
    this.site = site;
    this.watch = watch;
    this.removal = removal;
  }

  /**
   * Returns when nothing of the pod runs any more.
   *
   * @throws RemovalFailedException when that takes longer than its grace period and a whole listing
   *     of the directory, with the likely reason
   */
  void await() throws InterruptedException {
    watch.hurry();
    long begun = System.nanoTime();
    Duration patience =
        removal.grace().plus(site.timings().shownWithin()).plus(site.timings().stopMargin());
    KubeletView view = watch.next(begun);
    while (!removal.isOver(view)) {
      if (view.begun() - begun > patience.toNanos()) {
        throw new RemovalFailedException(removal.name(), why(view));
      }
      view = watch.next(view.begun());
    }
    if (view.running().isEmpty()) {
      // The read-only port tells nothing of what runs: it may take all the time that it is given.
      Thread.sleep(removal.grace().plus(site.timings().stopMargin()));
    }
  }

  private String why(KubeletView view) {
    if (removal.find(view).isEmpty()) {
      return "its containers still run long after its file was removed and its grace period of "
          + removal.graceSeconds()
          + " s is over; the kubelet's log says more";
    }
    try {
      List<Path> foreign = site.directory().foreign();
      return "the kubelet still wants it, although its file was removed; is one of these a copy of"
          + " that file? "
          + foreign;
    } catch (IOException e) {
      return "the kubelet still wants it, although its file was removed";
    }
  }
}
