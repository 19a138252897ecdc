/** Tells the source what the agent sees: soon after each change, and as a heartbeat. */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.report;
