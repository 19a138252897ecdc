/** What the agents on the instances call, and the relay of logs from them to people. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.agent;
