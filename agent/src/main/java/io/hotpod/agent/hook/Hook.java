package io.hotpod.agent.hook;

import io.hotpod.agent.AgentSettings;
import io.hotpod.agent.StandaloneAgent;
import io.hotpod.agent.source.heat.Deployments;
import io.hotpod.agent.source.heat.Expectation;
import io.hotpod.agent.source.heat.HeatDeployment;
import io.hotpod.agent.source.heat.Outcome;
import io.hotpod.agent.source.heat.Wanted;
import io.hotpod.agent.state.StateDirectory;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The hook of heat-config for the group {@code kubelet}: brings the pod of one deployment where the
 * deployment wants it, and says what became of it. Other pods of earlier runs stay as they are.
 */
public final class Hook {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** For a pod that has to go: longer than any grace period that people wait for. */
  private static final Duration LONGEST_REMOVAL = Duration.ofMinutes(30);

  private static final Duration SPARE = Duration.ofSeconds(30);

  private final AgentSettings settings;

  /**
   * @param settings of a machine on which no agent serves the same state directory
   */
  public Hook(AgentSettings settings) {
    this.settings = settings.withHeartbeat(HEARTBEAT);
  }

  /**
   * Runs the hook.
   *
   * @param config the derived software config
   * @return the outputs, {@code deploy_status_code} among them: not 0 when the deployment failed
   * @throws IOException when the state directory or the runtime cannot be used
   */
  public ObjectNode run(JsonNode config) throws IOException, InterruptedException {
    Optional<HeatDeployment> deployment = Deployments.one(config);
    if (deployment.isEmpty()) {
      return failure("this hook deploys configs of group kubelet, and this is none").outputs();
    }
    DesiredPods before =
        new StateDirectory(settings.stateDirectory()).desired().orElse(DesiredPods.NONE);
    Wanted wanted = Wanted.of(List.of(deployment.get()), before);
    if (wanted.expectations().isEmpty()) {
      return failure("the config is for another tool of the component").outputs();
    }
    Expectation expectation = wanted.expectations().getFirst();
    return switch (expectation) {
      case Expectation.Settled settled -> settled.outcome().outputs();
      case Expectation.Up up -> await(up, with(before, wanted), up.timeout().plus(SPARE));
      case Expectation.Down down -> await(down, with(before, wanted), LONGEST_REMOVAL);
    };
  }

  /** The set of the earlier runs with this pod in the place that it had, or at the end. */
  private static DesiredPods with(DesiredPods before, Wanted wanted) {
    String podId = wanted.expectations().getFirst().deployment().podId();
    List<DesiredPod> pods = new ArrayList<>();
    boolean placed = false;
    for (DesiredPod pod : before.pods()) {
      if (pod.id().equals(podId)) {
        pods.addAll(wanted.pods());
        placed = true;
      } else {
        pods.add(pod);
      }
    }
    if (!placed) {
      pods.addAll(wanted.pods());
    }
    if (before.version() > 0 && pods.equals(before.pods())) {
      // It is on the disk already, and need not be written again.
      return before;
    }
    return new DesiredPods(before.version() + 1, pods);
  }

  private ObjectNode await(Expectation expectation, DesiredPods desired, Duration longest)
      throws IOException, InterruptedException {
    HookSource source = new HookSource(desired, expectation);
    try (StandaloneAgent agent =
        new StandaloneAgent(
            settings, known -> source, Clock.systemUTC(), RandomGenerator.getDefault())) {
      agent.start();
      return source.outcome().get(longest.toMillis(), TimeUnit.MILLISECONDS).outputs();
    } catch (TimeoutException e) {
      return failure("nothing became of it within " + longest.toMinutes() + " minutes").outputs();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the outcome of a hook is never a failure", e);
    }
  }

  private static Outcome failure(String words) {
    return new Outcome(false, words, Optional.empty(), Optional.empty());
  }
}
