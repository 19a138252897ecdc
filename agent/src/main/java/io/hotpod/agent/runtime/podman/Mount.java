package io.hotpod.agent.runtime.podman;

import java.nio.file.Path;

/** A directory or file of the machine inside a container. */
record Mount(Path source, String destination, boolean readOnly) {}
