package io.hotpod.agent.runtime.podman;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * What a Podman runtime needs to know.
 *
 * @param socket of Podman's service
 * @param instanceId the label of the pods that it owns
 * @param nodeName as containers may be told
 * @param stateDirectory for volumes and restart counts
 * @param secretDirectory for rendered Secrets; on a tmpfs where there is one
 * @param imageArchives a directory that images are loaded from; it need not be there
 */
public record PodmanSettings(
    Path socket,
    String instanceId,
    String nodeName,
    Path stateDirectory,
    Path secretDirectory,
    Path imageArchives) {
  public PodmanSettings {
    requireNonNull(socket, "socket is null");
    requireNonNull(instanceId, "instanceId is null");
    requireNonNull(nodeName, "nodeName is null");
    requireNonNull(stateDirectory, "stateDirectory is null");
    requireNonNull(secretDirectory, "secretDirectory is null");
    requireNonNull(imageArchives, "imageArchives is null");
  }
}
