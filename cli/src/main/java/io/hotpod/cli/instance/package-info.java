/** The commands under {@code hotpod instance}. */
@org.jspecify.annotations.NullMarked
package io.hotpod.cli.instance;
