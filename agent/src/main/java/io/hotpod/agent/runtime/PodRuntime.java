package io.hotpod.agent.runtime;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Runs pods. It owns only the pods that carry its label; anything else on the machine is never
 * touched. All methods may be called from any thread.
 */
public interface PodRuntime extends AutoCloseable {
  /** Begins to listen to the runtime, which need not be there yet. Once, before anything else. */
  void start();

  /** Whether the runtime answers, and as what. Never blocks. */
  RuntimeHealth health();

  /**
   * Every pod that is owned and of which anything is left, as last seen; never blocks.
   *
   * @return empty as long as the runtime was never heard, so that nobody takes silence for an empty
   *     machine
   */
  Optional<List<ObservedPod>> observe();

  /**
   * Why a content can never be a pod here, in words for people; empty when it may be one. Asked
   * before an older pod has to go for it, so that a bad content never ends a good pod. Does not
   * block.
   */
  default Optional<String> refusal(DesiredPod pod) {
    return Optional.empty();
  }

  /**
   * The ports of the machine that one of the pods of {@link #observe} has, from its manifest. Never
   * blocks.
   *
   * @return empty when nobody knows, as of a pod that an older agent made
   */
  Optional<HostPorts> hostPorts(String podId, ModificationToken token);

  /**
   * From now on this is the whole of what should be, also what is suspended or waits for others:
   * nothing that any of it needs, such as an image, is cleaned away. Never blocks.
   */
  default void desire(DesiredPods pods) {}

  /**
   * Brings to the machine what a pod with this content needs, such as its images, before an older
   * pod goes for it. Returns when that is done, and also when it cannot be done.
   *
   * @return why it cannot be done for now; empty when it is done, and where only {@link #apply} can
   *     tell
   */
  default Optional<Shortfall> prepare(DesiredPod pod) throws InterruptedException {
    return Optional.empty();
  }

  /**
   * Keeps a pod with this content, starting it where it is not there yet; one that is there is
   * taken over as it is, with nothing restarted. Returns at once: progress and failure show in
   * {@link #observe}. Doing it again for the same token changes nothing but the files of config
   * maps and secrets whose values differ, which are replaced in the running pod.
   */
  void apply(DesiredPod pod);

  /**
   * Stops a pod, its containers side by side with the pod's own grace period, and returns once
   * nothing of it is left. Removing what is not there is a success.
   *
   * @throws RuntimeException when the runtime failed; the pod may still be there
   */
  void remove(String podId, ModificationToken token) throws InterruptedException;

  /** Calls the listener, which must not block, after each change of what {@link #observe} says. */
  void onChange(Runnable listener);

  /**
   * Copies what a container wrote, standard output and standard error together, until the end or,
   * when following, until the container ends or the calling thread is interrupted.
   *
   * @throws LogsUnavailableException when there is no such pod or container, or it never started
   * @throws IOException when the output takes no more
   */
  void logs(LogQuery query, OutputStream output) throws IOException, InterruptedException;

  /**
   * Runs a command in a running container until it ends. It is ended when the person on the line
   * goes away, or the calling thread is interrupted.
   *
   * @return its exit code
   * @throws ExecUnavailableException when it cannot be run, or its end cannot be known
   * @throws IOException when the person is gone
   */
  default int exec(ExecQuery query, ExecLine line) throws IOException, InterruptedException {
    throw new ExecUnavailableException(
        "the runtime of this instance, %s, runs no commands in containers"
            .formatted(health().name()));
  }

  /** Stops watching. The pods go on. */
  @Override
  void close();
}
