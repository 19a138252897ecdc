/** The engine as a whole: how it is configured, started and stopped, and what its errors are. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine;
