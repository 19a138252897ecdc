/** The API described for programs, from the routes that there are. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.openapi;
