/** Placeholder. */
package io.hotpod.cli;
