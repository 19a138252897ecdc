/**
 * As much of OpenStack's Identity API v3 as its clients need to log in: tokens, the catalog, and
 * the caller's projects.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.identity;
