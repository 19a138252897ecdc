/** Makes what is what should be: a pure difference, and workers that carry it out pod by pod. */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.reconcile;
