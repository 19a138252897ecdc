/** Placeholder. */
package io.hotpod.server;
