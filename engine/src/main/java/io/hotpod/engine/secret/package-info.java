/** What makes secrets unreadable to whoever has the database alone: keys, and sealing with them. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.secret;
