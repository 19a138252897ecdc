/** What the agent asks of whatever runs pods on its machine. */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.runtime;
