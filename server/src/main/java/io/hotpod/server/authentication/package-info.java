/** Finds out who makes a request, by what its headers show. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.authentication;
