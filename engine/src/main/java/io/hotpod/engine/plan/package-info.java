/** Definitions before and after, made into steps with reasons. Pure. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.plan;
