package io.hotpod.agent.runtime.kubelet;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Whose pods a runtime owns, and where it keeps what it has to remember.
 *
 * @param instanceId marks its pods
 * @param stateDirectory survives restarts
 * @param secretDirectory for the files of Secrets; a tmpfs where there is one
 */
public record KubeletInstance(String instanceId, Path stateDirectory, Path secretDirectory) {
  public KubeletInstance {
    requireNonNull(instanceId, "instanceId is null");
    requireNonNull(stateDirectory, "stateDirectory is null");
    requireNonNull(secretDirectory, "secretDirectory is null");
  }
}
