package io.hotpod.agent.runtime.podman;

/** How a command inside a container ended, and the beginning of what it wrote. */
record ExecResult(int exitCode, String output) {}
