/**
 * An unchanged OpenStack Heat as the source: software deployments of group {@code kubelet} become
 * desired pods, and what becomes of the pods is signalled back.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.source.heat;
