/** What happened to stacks and resources, for people and for clients that wait. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.event;
