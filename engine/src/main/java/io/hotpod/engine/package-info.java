/** Placeholder. */
package io.hotpod.engine;
