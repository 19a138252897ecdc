package io.hotpod.agent.runtime.podman.libpod;

/**
 * How it stands with a command.
 *
 * @param process its number on the machine; 0 when it runs no more
 */
public record ExecState(boolean running, int exitCode, long process) {}
