/** Tells of events as they happen, whichever server they happen on. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.feed;
