/** The whole product with real processes, real Podman, real clients and real faults. */
@org.jspecify.annotations.NullMarked
package io.hotpod.e2e;
