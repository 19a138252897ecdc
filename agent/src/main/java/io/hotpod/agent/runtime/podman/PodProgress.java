package io.hotpod.agent.runtime.podman;

/**
 * What is to be said of the pod beyond its containers.
 *
 * @param reason one word; empty when there is nothing to say
 */
record PodProgress(String reason, String message) {
  static final PodProgress NORMAL = new PodProgress("", "");
}
