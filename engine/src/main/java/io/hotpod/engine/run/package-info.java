/** Carries out plans: one owner at a time, every outcome durable, woken by what happens. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.run;
