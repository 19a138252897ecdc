/** Images: what is pulled, loaded, kept for pods and removed. */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.runtime.podman.image;
