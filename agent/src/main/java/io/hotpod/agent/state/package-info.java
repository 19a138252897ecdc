/** What an instance remembers over restarts of agent, server and machine. */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.state;
