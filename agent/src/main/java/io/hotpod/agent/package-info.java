/**
 * The agent of one instance: takes desired pods from a source, makes them so through a runtime, and
 * reports what it sees.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent;
