package io.hotpod.agent.runtime.kubelet;

/**
 * A pod of which the container runtime really runs something, whether the kubelet still wants it or
 * not.
 *
 * @param name as the kubelet calls it: with the name of the node at its end
 */
record RunningPod(String namespace, String name, String uid) {}
