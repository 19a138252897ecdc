/** The servers that share a database, and which of them run. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.servers;
