/** Waiting for things that happen elsewhere in the server, without polling. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.wake;
