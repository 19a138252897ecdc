/** Podman's own interface: the requests and answers of its libpod API over a unix socket. */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.runtime.podman.libpod;
