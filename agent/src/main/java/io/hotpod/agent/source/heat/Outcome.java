package io.hotpod.agent.source.heat;

import static java.util.Objects.requireNonNull;

import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodStatusValues;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a deployment.
 *
 * @param success whether it is what Heat asked for
 * @param words one line for people: what is so, or what went wrong
 * @param token of the pod that should run; empty where none should
 * @param pod as it was seen; empty where there is none
 */
public record Outcome(
    boolean success, String words, Optional<ModificationToken> token, Optional<ObservedPod> pod) {
  public Outcome {
    requireNonNull(words, "words is null");
    requireNonNull(token, "token is null");
    requireNonNull(pod, "pod is null");
  }

  static Outcome success(String words) {
    return new Outcome(true, words, Optional.empty(), Optional.empty());
  }

  static Outcome failure(String words) {
    return new Outcome(false, words, Optional.empty(), Optional.empty());
  }

  /**
   * The body of the signal: Heat's {@code deploy_*}; {@code error} after a failure, which Heat
   * shows as the reason where the config declares it as an output of errors; and the attributes of
   * the pod under the names that they have as attributes of {@code OS::Kubernetes::PodDeployment}.
   * Heat keeps those that the config declares as outputs.
   */
  public ObjectNode outputs() {
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    outputs.put("deploy_stdout", success ? words : "");
    outputs.put("deploy_stderr", success ? "" : words);
    outputs.put("deploy_status_code", success ? 0 : 1);
    if (!success) {
      outputs.put("error", words);
    }
    token.ifPresent(value -> outputs.put("modification_token", value.value()));
    pod.ifPresent(seen -> outputs.setAll(PodStatusValues.of(seen)));
    return outputs;
  }
}
