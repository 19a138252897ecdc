/**
 * Pods on Podman through its libpod API: what a kubelet does above the container (init order,
 * restarts with back-off, probes, grace periods, pull policies, volumes) is done here.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.runtime.podman;
