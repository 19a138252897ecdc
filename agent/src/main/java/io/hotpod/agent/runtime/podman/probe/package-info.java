/** Whether a container is well, and what is run or asked inside of it. */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.runtime.podman.probe;
