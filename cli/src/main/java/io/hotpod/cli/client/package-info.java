/** Talks to the server over HTTP, each call with a deadline, and says plainly what went wrong. */
@org.jspecify.annotations.NullMarked
package io.hotpod.cli.client;
