/** Podman's service as a process of the agent's. */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.runtime.podman.service;
