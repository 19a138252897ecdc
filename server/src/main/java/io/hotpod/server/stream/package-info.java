/** Events as they happen, by server-sent events. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.stream;
