/** What a stack is, and the operations on it. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.stack;
