package io.hotpod.agent.runtime.kubelet;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a kubelet said in one go: first what it wants, then what runs. In this order a pod that is
 * in neither is really gone: the kubelet had let go of it already when the running ones were asked
 * for.
 *
 * @param begun when the first question was sent, by {@link System#nanoTime}
 * @param ended when the last answer had come; what was said was so at some time in between
 * @param pods the kubelet's own pods, whoever made them
 * @param running empty where this port does not tell, or nobody asked
 */
record KubeletView(
    long begun, long ended, List<JsonNode> pods, Optional<List<RunningPod>> running) {
  KubeletView {
    pods = List.copyOf(pods);
    running = running.map(List::copyOf);
  }
}
