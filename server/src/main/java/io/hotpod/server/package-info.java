/** The server: the Heat API and the agent API over HTTP, in front of an engine. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server;
