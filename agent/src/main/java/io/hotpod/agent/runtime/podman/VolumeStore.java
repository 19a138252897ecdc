package io.hotpod.agent.runtime.podman;

import java.nio.file.Path;

/**
 * Where the volumes of pods lie on the machine. Below each, one directory per pod; both directories
 * are closed to everyone else, which also protects the files that are rendered below them with the
 * modes that the manifest asks for.
 *
 * @param disk for emptyDir and ConfigMaps
 * @param memory for Secrets and emptyDir with medium Memory; a tmpfs where there is one
 */
record VolumeStore(Path disk, Path memory) {}
