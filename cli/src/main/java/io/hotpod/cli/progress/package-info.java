/** Follows a running operation by its events and shows it, as a live tree or as lines. */
@org.jspecify.annotations.NullMarked
package io.hotpod.cli.progress;
