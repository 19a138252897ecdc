/**
 * Pods on a kubelet that has no API server: static pod files in its manifest directory, status from
 * its own API. What a kubelet does with both was measured on release 1.31.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.runtime.kubelet;
