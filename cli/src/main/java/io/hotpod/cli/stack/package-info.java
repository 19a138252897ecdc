/** The commands under {@code hotpod stack}. */
@org.jspecify.annotations.NullMarked
package io.hotpod.cli.stack;
