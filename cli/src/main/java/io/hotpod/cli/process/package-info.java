/** The commands that stay: {@code server}, {@code agent} and {@code dev}. */
@org.jspecify.annotations.NullMarked
package io.hotpod.cli.process;
