/** Measures the packaged programs as a whole and writes the figures down. */
@org.jspecify.annotations.NullMarked
package io.hotpod.bench;
