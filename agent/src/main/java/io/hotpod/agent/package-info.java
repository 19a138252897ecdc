/** Placeholder. */
package io.hotpod.agent;
