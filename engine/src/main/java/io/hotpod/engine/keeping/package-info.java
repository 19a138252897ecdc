/** Keeping house: what nobody needs any more goes, after the times that an operator sets. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.keeping;
