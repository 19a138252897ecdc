/** The {@code hotpod} command: reads what people type, and is thin over the other modules. */
@org.jspecify.annotations.NullMarked
package io.hotpod.cli;
