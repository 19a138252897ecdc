/** What the software inside a machine of a stock image calls, with credentials of its own. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.guest;
