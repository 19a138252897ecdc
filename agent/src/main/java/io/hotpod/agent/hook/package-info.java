/** A hook of heat-config: one deployment in, its outputs out, and an agent only in between. */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.hook;
