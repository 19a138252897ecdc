/** The commands under {@code hotpod pod}. */
@org.jspecify.annotations.NullMarked
package io.hotpod.cli.pod;
