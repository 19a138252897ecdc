/**
 * Patterns in the syntax and with the meaning of Python's {@code re}, matched in time proportional
 * to pattern times text. What only backtracking can do is refused by name.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.template.pattern;
