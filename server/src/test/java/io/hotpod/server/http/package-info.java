/** The parts that every request goes through, each by itself. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.http;
