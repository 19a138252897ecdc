package io.hotpod.agent.runtime.podman;

/**
 * Why a pod was ended for good by the agent.
 *
 * @param reason the kubelet's word: {@code DeadlineExceeded}, {@code Evicted}, {@code
 *     SandboxChanged}
 * @param message for people
 */
record PodEnd(String reason, String message) {}
