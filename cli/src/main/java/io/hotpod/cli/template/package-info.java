/** The commands under {@code hotpod template}, which need no server. */
@org.jspecify.annotations.NullMarked
package io.hotpod.cli.template;
