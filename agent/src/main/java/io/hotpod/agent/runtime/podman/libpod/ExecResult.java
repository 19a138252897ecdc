package io.hotpod.agent.runtime.podman.libpod;

/** How a command inside a container ended, and the beginning of what it wrote. */
public record ExecResult(int exitCode, String output) {}
