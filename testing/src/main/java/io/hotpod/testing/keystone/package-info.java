/** A Keystone to play against. */
@org.jspecify.annotations.NullMarked
package io.hotpod.testing.keystone;
