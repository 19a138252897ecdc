/** Fuzzing: what Jazzer runs, and what runs Jazzer. */
@org.jspecify.annotations.NullMarked
package io.hotpod.fuzz;
